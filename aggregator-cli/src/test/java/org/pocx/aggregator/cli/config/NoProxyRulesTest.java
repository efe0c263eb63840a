package org.pocx.aggregator.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoProxyRulesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "*                              | pool.example.com | 80",
        "example.com                    | example.com      | 80",
        "example.com                    | pool.example.com | 80",
        ".example.com                   | pool.example.com | 80",
        ".example.com                   | example.com      | 80",
        "*.example.com                  | pool.example.com | 80",
        "EXAMPLE.com                    | Pool.Example.COM | 80",
        "example.com.                   | example.com      | 80",
        "example.com                    | example.com.     | 80",
        "mining_node                    | mining_node      | 8332",
        "a.example,b.example            | b.example        | 80",
        "'a.example , b.example'        | b.example        | 80",
        "a.example b.example            | b.example        | 80",
        "example.com:8080               | pool.example.com | 8080",
        "10.0.0.1                       | 10.0.0.1         | 80",
        "10.0.0.1:8332                  | 10.0.0.1         | 8332",
        "10.0.0.0/8                     | 10.200.3.4       | 80",
        "127.0.0.0/8                    | 127.0.0.1        | 80",
        "::1                            | ::1              | 80",
        "[::1]                          | ::1              | 80",
        "[::1]:8332                     | ::1              | 8332",
        "fd00::/8                       | fd12::9          | 80",
        "localhost,127.0.0.1            | localhost        | 80"
    })
    void matchingEntry_excludesTheHost(String rules, String host, int port) {
        assertThat(NoProxyRules.parse(rules).exclude(host, port)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "''                 | example.com     | 80",
        "','                | example.com     | 80",
        "example.com        | notexample.com  | 80",
        "example.com        | example.com.org | 80",
        "pool.example.com   | example.com     | 80",
        "example.com:8080   | example.com     | 80",
        "10.0.0.1:8332      | 10.0.0.1        | 80",
        "10.0.0.0/8         | 11.0.0.1        | 80",
        "10.0.0.0/8         | ten.example     | 80",
        "10.0.0.1           | 10.0.0.11       | 80",
        "0.0.1              | 10.0.0.2        | 80",
        "[::1]:8332         | ::1             | 80",
        "::1                | ::2             | 80",
        "localhost          | 127.0.0.1       | 80",
        "*example           | example         | 80"
    })
    void otherHost_isNotExcluded(String rules, String host, int port) {
        assertThat(NoProxyRules.parse(rules).exclude(host, port)).isFalse();
    }
}
