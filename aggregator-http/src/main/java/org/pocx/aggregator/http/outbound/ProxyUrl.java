package org.pocx.aggregator.http.outbound;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.http.outbound.ProxySettings.Login;
import org.pocx.aggregator.http.outbound.ProxySettings.Protocol;
import org.pocx.aggregator.http.outbound.ProxySettings.Via;

/** Parses the URL of a proxy. Messages contain no part of it, as it may contain a password. */
final class ProxyUrl {
    private static final String LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?";
    private static final Pattern URL = Pattern.compile("(?:(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://)?"
            + "(?:(?<login>.*)@)?"
            + "(?<host>" + LABEL + "(?:\\." + LABEL + ")*\\.?|\\[[0-9A-Fa-f:.]+])"
            + "(?::(?<port>[0-9]{1,5}))?/?");

    private ProxyUrl() {}

    static Via parse(String text, String setting) {
        Matcher parts = URL.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("it is not a URL of this form");
        }
        Protocol protocol = protocol(parts.group("scheme"));
        String port = parts.group("port");
        return new Via(
                protocol,
                HostNames.withoutBrackets(parts.group("host")),
                port == null ? protocol.defaultPort() : Integer.parseInt(port),
                login(parts.group("login")),
                setting);
    }

    private static Protocol protocol(@Nullable String scheme) {
        return switch (scheme == null ? "http" : scheme.toLowerCase(Locale.ROOT)) {
            case "http" -> Protocol.HTTP;
            case "socks5", "socks5h" -> Protocol.SOCKS5;
            default -> throw new IllegalArgumentException("only http:// and socks5:// proxies are supported");
        };
    }

    private static Optional<Login> login(@Nullable String userInfo) {
        if (userInfo == null || userInfo.isEmpty()) {
            return Optional.empty();
        }
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String password = colon < 0 ? "" : userInfo.substring(colon + 1);
        return Optional.of(new Login(PercentEscapes.decode(user), PercentEscapes.decode(password)));
    }
}
