package org.pocx.aggregator.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EffectiveConfigTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "upstream: {url: 'http://a/', backups: [{name: 'b \"1\"', url: 'http://b/', rpc_auth: {type: cookie, cookie_path: /c}}, {name: '$${x}', rpc_host: c}], failover: {after_secs: 3}}",
        "upstream: {name: 'quote \" backslash \\ caf\u00e9 \ud83d\ude00'}",
        "upstream: {name: \"\\uFEFF a \\uFFFE b \\uD800 c \\u2028\"}",
        "upstream: {name: '$${HOME} and $$${HOME} and $ ${X:-$${Y}}'}",
        "upstream: {submission_mode: wallet, max_in_flight: 7, retry: {max_attempts: 3, base_delay_ms: 20}}",
        "upstream: {rpc_auth: {type: cookie, cookie_path: /node/.cookie}}\ndashboard: {listen_address: '[::1]:9'}",
        "metrics: {per_machine: true, max_machines: 9}\nalerts: {farm_name: 'a \"farm\"', silent_rounds: 3}",
        "machines: {10.0.0.7: {name: '${X:-a \"b\"}', group: 'é', capacity_tib: 7.30}, '2001:DB8::7/rig $${X}': {}}",
        "machines: {10.0.0.7: {capacity_tib: 9999999.999}, \"::1\": {capacity_tib: 0.001}}",
        "upstream: {proxy: 'socks5://[fd00::1]'}",
        "upstream: {url: 'http://a/', kind: receipts, backups: [{name: b, url: 'http://b/', kind: receipts}, {name: c, url: 'http://c/'}]}",
        "upstream: {url: 'http://a/', backups: [{name: b, url: 'http://b.example/', proxy: 'http://10.0.0.1:3128'}]}",
        "upstream: {url: 'http://a/', proxy: 'http://10.0.0.1:3128', backups: [{name: b, url: 'http://b.example/', proxy: none}]}",
        "cache: {stale_if_error_secs: 0, pool_timeout_secs: 3}\nlogging: {level: off, file: ''}",
    })
    void textReadAgain_givesTheSameSettings(String yaml) {
        Settings settings = ConfigFileTest.parse(yaml);

        assertThat(ConfigFile.parse("b.yaml", EffectiveConfig.text(settings), Path.of("/farm"), Map.of()))
                .isEqualTo(settings);
    }

    @Test
    void example_isShownInOneForm() throws IOException {
        Settings settings = ConfigFileTest.parse(ConfigFileTest.example("config-documented.yaml"));

        assertThat(EffectiveConfig.text(settings))
                .startsWith("server:\n  listen_address: \"0.0.0.0:8080\"\n  auth:\n    enabled: false\n");
    }

    @Test
    void secrets_areMasked() {
        Settings settings = ConfigFileTest.parse(
                """
                server: {auth: {enabled: true, basic_auth: {username: farm, password: hush}, users: {rig-07: hush}}}
                upstream:
                  url: http://pool/?key=hush
                  rpc_auth: {type: user_pass, username: me, password: hush}
                """);

        assertThat(EffectiveConfig.text(settings))
                .doesNotContain("hush")
                .contains("url: \"http://pool/?********\"")
                .contains("password: \"********\"")
                .contains("    users:\n      \"rig-07\": \"********\"\n");
    }

    @Test
    void secretsOfBackups_areMasked() {
        assertThat(EffectiveConfig.text(ConfigFileTest.parse(
                """
                upstream:
                  url: http://pool/
                  backups:
                    - {name: b, url: 'http://b/?key=hush', auth_token: hush}
                    - {name: c, url: 'http://c/', rpc_auth: {type: user_pass, username: me, password: hush}}
                """)))
                .doesNotContain("hush")
                .contains("  backups: [{name: \"b\", url: \"http://b/?********\", auth_token: \"********\"}, {name:");
    }

    @Test
    void webhook_isMaskedAfterItsHost() {
        assertThat(EffectiveConfig.text(
                ConfigFileTest.parse("alerts: {webhook: 'https://hooks.example.com:9/hush/hush?hush=hush'}")))
                .doesNotContain("hush")
                .contains("webhook: \"https://hooks.example.com:9/********\"");
    }

    @Test
    void proxy_isShownWithAMaskedPassword() {
        assertThat(EffectiveConfig.text(ConfigFileTest.parse("upstream: {proxy: 'http://me:hush@proxy:3128'}")))
                .doesNotContain("hush")
                .contains("proxy: \"http://me:********@proxy:3128\"");
        assertThat(EffectiveConfig.text(ConfigFileTest.parse(""))).contains("proxy: \"none\"");
    }

    @Test
    void token_isMasked() {
        assertThat(EffectiveConfig.text(ConfigFileTest.parse("upstream: {auth_token: hush}")))
                .doesNotContain("hush")
                .contains("auth_token: \"********\"");
    }
}
