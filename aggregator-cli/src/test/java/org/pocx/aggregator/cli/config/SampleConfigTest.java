package org.pocx.aggregator.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SampleConfigTest {

    @Test
    void sample_hasTheDefaultsAndADashboard() {
        Settings defaults =
                ConfigFileTest
                        .parse("upstream: {url: 'http://pool.example.com:8080/pocx'}\ndashboard: {enabled: true}");

        assertThat(ConfigFileTest.parse(SampleConfig.text())).isEqualTo(defaults);
    }

    @Test
    void sampleWithAllKeysActive_isValid() {
        String all = SampleConfig.text()
                .replaceAll("(?m)^( *)# ( *[a-z_]+:)", "$1$2")
                .replaceAll("(?m)^database:\n(.*\n)*?dashboard:", "dashboard:")
                .replaceAll("(?m)^ *(auth_token|keystore_path|keystore_password):.*\n", "")
                .replace("username: \"\"", "username: u")
                .replace("password: \"\"", "password: p")
                .replace("webhook: \"\"", "webhook: http://hooks.example.com/")
                .replaceAll("(cookie|certificate|key)_path: \"\"", "$1_path: c");

        assertThat(ConfigFileTest.parse(all).warnings()).hasSize(4);
    }

    @Test
    void head_namesValuesThatAreNotDefaults() {
        assertThat(SampleConfig.text().lines().limit(2))
                .anyMatch(line -> line.contains("Set upstream.url"))
                .anyMatch(line -> line.contains("Without the section \"dashboard\" there is no dashboard"));
    }

    @Test
    void sample_namesEveryKeyExceptOtherForms() {
        List<String> names = ConfigKeys.ALL.stream()
                .filter(key -> key.kind() != Key.Kind.OTHER_FORM)
                .map(key -> key.name() + ":")
                .toList();

        assertThat(SampleConfig.text()).contains(names);
    }
}
