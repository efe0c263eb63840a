package org.pocx.aggregator.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.protocol.client.Authorization.Header;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

class AuthorizationTest {
    @TempDir Path folder;

    private Path cookie() {
        return folder.resolve(".cookie");
    }

    private Authorization cookieAuthorization() {
        return new Authorization(new Credentials.CookieFile(cookie()));
    }

    @Test
    void noCredentials_sendNothing() {
        assertThat(new Authorization(new Credentials.None()).header()).isEqualTo(new Header.Value(""));
    }

    @Test
    void bearer_isSentAsToken() {
        assertThat(new Authorization(new Credentials.Bearer("abc")).header()).isEqualTo(new Header.Value("Bearer abc"));
    }

    @Test
    void basic_isSentInUtf8() {
        assertThat(new Authorization(new Credentials.Basic("u", "pä:s")).header())
                .isEqualTo(new Header.Value("Basic dTpww6Q6cw=="));
    }

    @Test
    void cookieFile_isSentAsBasic() throws IOException {
        Files.writeString(cookie(), "__cookie__:00ff\n");
        assertThat(cookieAuthorization().header()).isEqualTo(new Header.Value("Basic X19jb29raWVfXzowMGZm"));
    }

    @Test
    void missingCookieFile_reportsThatTheNodeIsNotRunning() {
        assertThat(cookieAuthorization().header())
                .isEqualTo(new Header.Missing(UpstreamTrouble.connectionRefused("the node is not running: its cookie file " + cookie() + " does not exist")));
    }

    @Test
    void unreadableCookieFile_isUnauthorized() throws IOException {
        Files.createDirectory(cookie());
        assertThat(cookieAuthorization().header())
                .isInstanceOfSatisfying(Header.Missing.class, missing -> assertThat(missing.trouble().kind())
                        .isEqualTo(UpstreamTrouble.Kind.UNAUTHORIZED));
    }

    @Test
    void emptyCookieFile_hasNoCredentials() throws IOException {
        Files.writeString(cookie(), "");
        assertThat(cookieAuthorization().header()).isInstanceOf(Header.Missing.class);
    }

    @Test
    void stamp_changesWithTheCookieFile() throws IOException {
        String missing = cookieAuthorization().stamp();
        Files.writeString(cookie(), "a:b");
        String first = cookieAuthorization().stamp();
        Files.writeString(cookie(), "a:longer");
        assertThat(first).isNotEqualTo(missing).isNotEqualTo(cookieAuthorization().stamp());
    }

    @Test
    void stampOfOtherCredentials_isEmpty() {
        assertThat(new Authorization(new Credentials.Bearer("abc")).stamp()).isEmpty();
    }

    @Test
    void toString_containsNoSecret() {
        assertThat(new Credentials.Bearer("secret") + "" + new Credentials.Basic("u", "secret")
                + new RpcUpstreamSettings(
                        URI.create("http://h/"), new Credentials.Bearer("secret"), Duration.ofSeconds(1))
                + new Header.Value("secret"))
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\r\nX: y", "é"})
    void tokenThatIsInvalidInAHeader_isRejected(String token) {
        assertThatThrownBy(() -> new Credentials.Bearer(token)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://h/", "//h/", "http:/x", "http://u:p@h/", "http://h/#x", "h:80"})
    void invalidUrl_isRejected(String url) {
        assertThatThrownBy(() -> new RpcUpstreamSettings(
                URI.create(url), new Credentials.None(), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the upstream's URL must");
    }

    @Test
    void where_omitsTheQuery() {
        assertThat(new RpcUpstreamSettings(
                URI.create("https://h:81/rpc?key=secret"), new Credentials.None(), Duration.ofSeconds(1))
                .where())
                .isEqualTo("https://h:81/rpc");
    }
}
