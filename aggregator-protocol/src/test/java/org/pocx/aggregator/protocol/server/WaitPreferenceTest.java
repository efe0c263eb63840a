package org.pocx.aggregator.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitPreferenceTest {
    private static Headers headers(String... lines) {
        Headers headers = new Headers();
        for (String line : lines) {
            headers.add("prefer", line);
        }
        return headers;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
                    wait=10                                 | 10
                    WAIT=10                                 | 10
                    wait = 10                               | 10
                    wait="10"                               | 10
                    wait="1\\0"                             | 10
                    wait=0                                  | 0
                    wait=007                                | 7
                    wait=20                                 | 20
                    wait=21                                 | 20
                    wait=99999999999999999999               | 20
                    respond-async, wait=10                  | 10
                    respond-async,wait=10,return=minimal    | 10
                    ,, ,wait=10,                            | 10
                    wait=10; strict; a=b; c="x,;"           | 10
                    wait=10;                                | 10
                    foo; wait=3, wait=4                     | 4
                    foo="a, wait=3", wait=4                 | 4
                    foo="a\\", wait=3", wait=4              | 4
                    (bad) wait=3, wait=4                    | 4
                    foo bar, wait=4                         | 4
                    wait=5, wait=6                          | 5
                    wait=x, wait=6                          |
                    wait=5 6                                |
                    wait=5 6, wait=7                        |
                    wait                                    |
                    wait=                                   |
                    wait=""                                 |
                    wait=-1                                 |
                    wait=+1                                 |
                    wait=1.5                                |
                    wait=1e1                                |
                    wait=0x10                               |
                    wait="5                                 |
                    foo="5, wait=5                          |
                    waits=5                                 |
                    await=5                                 |
                    ''                                      |
                    =                                       |
                    ;                                       |
                    """)
    void firstWait_counts_ifItIsWellFormed(String line, @Nullable Integer seconds) {
        assertThat(WaitPreference.of(headers(line)).map(Duration::toSeconds).map(Long::intValue).orElse(null))
                .isEqualTo(seconds);
    }

    @Test
    void severalLines_areOneList() {
        assertThat(WaitPreference.of(headers("respond-async", "handling=lenient, wait=7", "wait=8")))
                .contains(Duration.ofSeconds(7));
    }

    @Test
    void requestWithoutTheHeader_hasNoPreference() {
        assertThat(WaitPreference.of(headers())).isEmpty();
    }

    @Test
    void longGarbage_isNoPreference() {
        for (String garbage : new String[] {"\"", "\\", "=", ";", ",", " ", "a", "\"a", "\"\\"}) {
            assertThat(WaitPreference.of(headers("x=" + garbage.repeat(8_000)))).isEmpty();
        }
    }
}
