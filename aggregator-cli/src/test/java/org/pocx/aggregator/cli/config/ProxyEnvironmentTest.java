package org.pocx.aggregator.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pocx.aggregator.http.outbound.ProxySettings;

/** Which proxy applies to the upstream and to the webhook. */
class ProxyEnvironmentTest {
    private static Settings parse(String yaml, String... variables) {
        Map<String, String> environment = Arrays.stream(variables)
                .map(variable -> variable.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        return ConfigFile.parse("a.yaml", yaml, Path.of("/farm"), environment);
    }

    private static String proxy(String url, String... variables) {
        return parse("upstream: {url: '" + url + "'}", variables).upstream().proxy().text();
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_PROXY=http://a:1, http://pool/, http://a:1", "http_proxy=http://a:1, http://pool/, http://a:1",
        "HTTPS_PROXY=http://a:1, https://pool/, http://a:1", "https_proxy=a:1, HTTPS://pool/, http://a:1",
        "ALL_PROXY=socks5://a:1, http://pool/, socks5://a:1", "all_proxy=socks5h://a:1, https://pool/, socks5://a:1",
        "HTTP_PROXY=http://a:1, https://pool/, none", "HTTPS_PROXY=http://a:1, http://pool/, none",
        "HTTP_PROXY=, http://pool/, none", "HTTP_PROXY=http://a:1, http://mining_node:8332/, http://a:1",
        "HTTP_PROXY=http://a:1, http://127.0.0.1:8332/, http://a:1"
    })
    void variable_appliesToItsScheme(String variable, String url, String proxy) {
        assertThat(proxy(url, variable)).isEqualTo(proxy);
    }

    @Test
    void lowerCase_hasPriority() {
        assertThat(proxy("http://pool/", "HTTP_PROXY=http://upper:1", "http_proxy=http://lower:1"))
                .isEqualTo("http://lower:1");
    }

    @Test
    void variableOfTheScheme_hasPriorityOverAll() {
        assertThat(proxy("http://pool/", "all_proxy=http://all:1", "HTTP_PROXY=http://own:1"))
                .isEqualTo("http://own:1");
    }

    @ParameterizedTest
    @CsvSource({
        "http://pool.example/, NO_PROXY=example", "http://pool:8332/, no_proxy=pool:8332", "https://p/, NO_PROXY=p:443",
        "http://[::1]:8332/, NO_PROXY=[::1]:8332", "http://10.0.0.1/, NO_PROXY=10.0.0.0/8", "http://a_b/, NO_PROXY=a_b"
    })
    void excludedHost_hasNoProxy(String url, String noProxy) {
        assertThat(proxy(url, "ALL_PROXY=http://a:1", noProxy)).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({
        "none, none", "'', none", "socks5://b:2, socks5://b:2", "'http://me:p%40ss@b:3128', http://me:p%40ss@b:3128"
    })
    void configuredProxy_hasPriority(String configured, String expected) {
        Settings settings = parse(
                "upstream: {url: 'http://pool/', proxy: '" + configured + "'}", "HTTP_PROXY=http://a:1", "NO_PROXY=*");
        assertThat(settings.upstream().proxy().text()).isEqualTo(expected);
    }

    @Test
    void backup_hasItsOwnProxyOrThatOfTheFirst() {
        String yaml = """
                upstream:
                  url: 'http://a/'
                  proxy: 'http://first:1'
                  backups:
                    - {name: b, url: 'http://b/'}
                    - {name: c, url: 'http://c/', proxy: 'socks5://me:hush@own:2'}
                    - {name: d, url: 'http://d/', proxy: none}
                """;
        Settings settings = parse(yaml, "HTTP_PROXY=http://e:3");
        assertThat(settings.upstream().endpoints().stream().map(endpoint -> endpoint.proxy().text()))
                .containsExactly("http://first:1", "http://first:1", "socks5://me:hush@own:2", "none");
        assertThat(EffectiveConfig.text(settings))
                .contains("{name: \"b\", url: \"http://b/\"}, ", "proxy: \"socks5://me:********@own:2\"}",
                        "proxy: \"none\"}")
                .doesNotContain("hush");
        assertThat(settings.upstream().backups().get(1).proxy())
                .isInstanceOfSatisfying(ProxySettings.Via.class,
                        own -> assertThat(own.setting()).isEqualTo("upstream.backups[1].proxy"));
    }

    @Test
    void backup_hasTheProxyOfTheEnvironmentForItsOwnUrl() {
        Settings settings = parse(
                "upstream: {url: 'http://a/', backups: [{name: b, url: 'https://b/'}, {name: c, url: 'http://c/'}]}",
                "HTTPS_PROXY=http://e:3", "HTTP_PROXY=http://f:4", "NO_PROXY=c");
        assertThat(settings.upstream().endpoints().stream().map(endpoint -> endpoint.proxy().text()))
                .containsExactly("http://f:4", "http://e:3", "none");
    }

    @Test
    void configuredProxy_mayComeFromAVariable() {
        Settings settings = parse("upstream: {url: 'http://pool/', proxy: '${P}'}", "P=http://me:hush@b:1");
        assertThat(settings.upstream().proxy().text()).isEqualTo("http://me:hush@b:1");
        assertThat(settings.toString()).doesNotContain("hush");
    }

    @Test
    void webhook_hasTheProxyOfTheEnvironment() {
        String yaml = "upstream: {url: 'http://pool/', proxy: none}\nalerts: {webhook: 'https://hooks.example/x'}";
        assertThat(parse(yaml, "HTTPS_PROXY=http://a:1").alerts().proxy().text()).isEqualTo("http://a:1");
        assertThat(parse(yaml, "HTTPS_PROXY=http://a:1", "NO_PROXY=example").alerts().proxy())
                .isEqualTo(new ProxySettings.None());
    }

    @ParameterizedTest
    @CsvSource({"https://hush:1", "socks4://hush:1", "http://me:hush@"})
    void valueThatIsNoProxy_isAnErrorThatNamesTheVariable(String value) {
        assertThatThrownBy(() -> proxy("https://pool/", "HTTPS_PROXY=" + value))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(
                        "a.yaml:1: the environment variable HTTPS_PROXY must be http://HOST:PORT or socks5")
                .hasMessageEndingWith(". Correct it, or set upstream.proxy")
                .satisfies(error -> assertThat(error.getMessage()).doesNotContain("hush"));
    }

    @Test
    void variableThatIsNotUsed_mayBeAnything() {
        assertThat(proxy("https://pool/", "HTTP_PROXY=ftp://x", "HTTPS_PROXY=ftp://x", "NO_PROXY=pool"))
                .isEqualTo("none");
    }

    @Test
    void upstreamOnThisMachine_isWarnedOf() {
        assertThat(parse("upstream: {url: 'http://[::1]/'}", "http_proxy=a:1", "NO_PROXY=::2").warnings()).hasSize(1);
        assertThat(parse("upstream: {url: 'http://localhost:8332/'}", "HTTP_PROXY=http://me:hush@a:1").warnings())
                .containsExactly(
                        "the upstream \"primary-pool\" is on this machine, but HTTP_PROXY sends its requests through the proxy"
                                + " http://a:1: if that is not intended, set upstream.proxy to none, or add the upstream's host"
                                + " to NO_PROXY");
        assertThat(parse("upstream: {url: 'http://127.0.0.1:8332/', proxy: 'http://a:1'}").warnings()).isEmpty();
    }
}
