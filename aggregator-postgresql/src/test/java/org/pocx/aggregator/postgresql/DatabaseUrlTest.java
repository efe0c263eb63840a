package org.pocx.aggregator.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @Test
    void fullForm_isParsed() {
        DatabaseUrl url = DatabaseUrl.parse(
                "postgresql://farm%40home@db-1:5433,[::1]:5432/pocx%20a?sslmode=verify-full&sslrootcert=/etc/c+a.pem")
                .orElseThrow();

        assertThat(url).isEqualTo(new DatabaseUrl("farm@home", "db-1:5433,[::1]:5432", "pocx a",
                Map.of("sslmode", "verify-full", "sslrootcert", "/etc/c+a.pem")));
        assertThat(DatabaseUrl.parse(url.toString())).contains(url);
        assertThat(url.toString()).startsWith("postgresql://farm%40home@db-1:5433,[::1]:5432/pocx%20a?sslmode=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres://pocx@localhost/pocx", "postgresql://pocx@db_1.example.com:1/p?sslmode=require"})
    void otherForms_areParsed(String text) {
        assertThat(DatabaseUrl.parse(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "aggregator.db", "jdbc:postgresql://pocx@h/d", "mysql://pocx@h/d", "postgresql://h/d",
        "postgresql://pocx:secret@h/d", "postgresql://pocx@h", "postgresql://pocx@h/", "postgresql://pocx@h/a/b",
        "postgresql://pocx@h:0/d", "postgresql://pocx@h:65536/d", "postgresql://pocx@h,/d", "postgresql://pocx@/d",
        "postgresql://pocx@h/d?password=x", "postgresql://pocx@h/d?sslmode=maybe", "postgresql://pocx@h/d?sslmode",
        "postgresql://pocx@h/d?socketFactory=x", "postgresql://pocx@h/%zz"
    })
    void anythingElse_isRefused(String text) {
        assertThat(DatabaseUrl.parse(text)).isEmpty();
    }

    @Test
    void settingsAsText_haveNoPassword() {
        PostgresqlSettings settings = new PostgresqlSettings(
                DatabaseUrl.parse("postgresql://pocx@h/d").orElseThrow(), Optional.of("hunter2"), 7,
                Duration.ofMinutes(2));

        assertThat(settings.toString()).contains("postgresql://").doesNotContain("hunter2");
    }
}
