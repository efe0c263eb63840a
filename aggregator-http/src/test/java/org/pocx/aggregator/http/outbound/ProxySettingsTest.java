package org.pocx.aggregator.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.http.outbound.ProxySettings.Login;
import org.pocx.aggregator.http.outbound.ProxySettings.None;
import org.pocx.aggregator.http.outbound.ProxySettings.Protocol;
import org.pocx.aggregator.http.outbound.ProxySettings.Via;

class ProxySettingsTest {
    private static ProxySettings parse(String text) {
        return ProxySettings.parse(text, "here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "none", "None"})
    void noneOrNothing_isNoProxy(String text) {
        assertThat(parse(text)).isEqualTo(new None());
    }

    @ParameterizedTest
    @CsvSource({
        "http://10.0.0.1:3128, HTTP, 10.0.0.1, 3128",
        "HTTP://proxy.example.com/, HTTP, proxy.example.com, 80",
        "squid_proxy:3128, HTTP, squid_proxy, 3128",
        "socks5://[fd00::1]:9, SOCKS5, fd00::1, 9",
        "socks5h://tor, SOCKS5, tor, 1080"
    })
    void url_isUnderstood(String text, Protocol protocol, String host, int port) {
        assertThat(parse(text)).isEqualTo(new Via(protocol, host, port, Optional.empty(), "here"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://me:pa%40ss@h:1, me, pa@ss", "http://me:pa@ss:x@h:1, me, pa@ss:x", "http://me@h:1, me, ''",
        "socks5://d%C3%B6:%25@h:1, d\u00f6, %"
    })
    void login_isUnderstoodAndWrittenAgain(String text, String user, String password) {
        Via proxy = (Via) parse(text);
        assertThat(proxy.login()).contains(new Login(user, password));
        assertThat(parse(proxy.text())).isEqualTo(proxy);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "https://hush:3128", "socks4://hush:1", "http://hush:99999", "http://hush:0", "http://hush:1/path", "hush hush",
        "http://", "http://hush%4@h:1", "http://a%zz:hush@h:1", "socks5://:hush@h:1", "http://-hush:1", "http://:hush"
    })
    void anythingElse_isRefusedWithoutRepeatingIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(text))
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("hush"));
    }

    @Test
    void passwordOfMoreThan255Bytes_isRefusedForSocks() {
        assertThatIllegalArgumentException().isThrownBy(() -> parse("socks5://me:" + "x".repeat(256) + "@h:1"));
        assertThat(parse("socks5://me:" + "x".repeat(255) + "@h:1")).isInstanceOf(Via.class);
    }

    @Test
    void password_isShownNowhere() {
        Via proxy = (Via) parse("http://me:hush@h:1");
        assertThat(proxy.toString() + proxy.shown() + proxy.suffix() + proxy.login()).doesNotContain("hush");
        assertThat(proxy.shown()).isEqualTo("http://me:********@h:1");
        assertThat(proxy.suffix()).isEqualTo(" through the proxy http://h:1");
    }
}
