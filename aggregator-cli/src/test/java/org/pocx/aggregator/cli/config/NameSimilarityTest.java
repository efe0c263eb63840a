package org.pocx.aggregator.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NameSimilarityTest {

    @ParameterizedTest
    @CsvSource({"'',abc,3", "abc,abc,0", "kitten,sitting,3", "url,ulr,2"})
    void twoWords_haveADistance(String a, String b, int edits) {
        assertThat(NameSimilarity.edits(a, b)).isEqualTo(edits);
    }

    @ParameterizedTest
    @CsvSource({
        "server.auth.basic_auth.user,server.auth.basic_auth.username",
        "server.listen,server.listen_address",
        "listen,listen_address",
        "UPSTREAM,upstream",
        "Upstream.URL,upstream.url",
        "upstream.token,upstream.auth_token",
        "upstream.ulr,",
        "upstream.urls,upstream.url",
        "upstream.auth,upstream.rpc_auth",
        "upstream.submision_mode,upstream.submission_mode",
        "upstream.timeout,cache.pool_timeout_secs",
        "cache.ttl,cache.mining_info_ttl_secs",
        "database.file,logging.file",
        "file,logging.file",
        "logging.log_level,logging.level",
        "server.host,",
        "xyzzy,",
        "a,",
        "<<,",
    })
    void unknownPath_hasANearestPathOrNone(String path, String nearest) {
        Set<String> known = new HashSet<>(ConfigKeys.SECTIONS);
        ConfigKeys.ALL.forEach(key -> known.add(key.path()));

        assertThat(NameSimilarity.nearestPath(path, known)).isEqualTo(Optional.ofNullable(nearest));
    }

    @Test
    void nothingKnown_findsNothing() {
        assertThat(NameSimilarity.nearest("a", List.of())).isEmpty();
    }
}
