package org.pocx.aggregator.protocol.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import org.junit.jupiter.api.Test;

class RequestedNameTest {
    private final Headers headers = new Headers();

    @Test
    void miner_isBeforeMinernameAndUser() {
        headers.set("X-Miner", "a");
        headers.set("X-Minername", "b");

        assertThat(RequestedName.of(headers, "c")).isEqualTo("a");
    }

    @Test
    void minername_isBeforeTheUser() {
        headers.set("x-minername", " b ");

        assertThat(RequestedName.of(headers, "c")).isEqualTo("b");
    }

    @Test
    void blankHeader_isNone() {
        headers.set("X-Miner", " ");

        assertThat(RequestedName.of(headers, "c")).isEqualTo("c");
        assertThat(RequestedName.of(headers, "")).isEmpty();
    }

    @Test
    void utf8_isReadAsSuch() {
        headers.set("X-Miner", new String("höhle ⛏".getBytes(UTF_8), ISO_8859_1));

        assertThat(RequestedName.of(headers, "")).isEqualTo("höhle ⛏");
    }

    @Test
    void otherBytes_areReadAsLatin1() {
        headers.set("X-Miner", "h\u00f6hle");

        assertThat(RequestedName.of(headers, "")).isEqualTo("höhle");
    }
}
