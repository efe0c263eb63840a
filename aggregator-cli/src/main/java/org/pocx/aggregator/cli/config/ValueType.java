package org.pocx.aggregator.cli.config;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.http.outbound.ProxySettings;
import org.pocx.aggregator.postgresql.DatabaseUrl;
import org.pocx.aggregator.protocol.client.UrlTarget;
import org.pocx.aggregator.protocol.server.Network;
import org.pocx.aggregator.statistics.MachineProfile;

/**
 * The values that a key accepts.
 *
 * @param form completes the sentence "it must be …"
 * @param parser returns the value of a text, or empty when the text is not accepted
 */
public record ValueType<T>(String form, Function<String, Optional<T>> parser) {
    private static final String HOST_FORM = "a host name may hold letters, digits, dots, hyphens and underscores";

    static final String PROXY_FORM =
            "http://HOST:PORT or socks5://HOST:PORT, with USER:PASSWORD@ before HOST if the proxy"
                    + " requires a login, or none";

    /** Text that is not blank. */
    static final ValueType<String> NAME = text("text that is not empty", text -> true);

    /** A name for a log. */
    static final ValueType<String> LABEL = text("text of one line that is not empty", ValueType::isOneLine);

    /** A user name for HTTP Basic, which cannot transmit a colon in it. */
    static final ValueType<String> USER = text("a name without a colon", name -> name.indexOf(':') < 0);

    /** A bearer token, which is sent in a header as it is. */
    static final ValueType<String> TOKEN = text(
            "printable ASCII without blanks", token -> token.chars().allMatch(c -> c > ' ' && c < 0x7f));

    static final ValueType<String> PATH = text("the path of a file", ValueType::isPath);

    /** A path, or an empty text. */
    static final ValueType<String> PATH_OR_NONE =
            new ValueType<>("the path of a file, or \"\"", text -> Optional.of(text).filter(ValueType::isPath));

    /** A list: a YAML list, or one text with commas. */
    static final ValueType<List<Network>> NETWORKS = new ValueType<>(
            "a list of networks, such as [\"192.168.0.0/16\", \"fd00::/8\"]", ValueType::parseNetworks);

    /** A name to show, of limited length. */
    static final ValueType<String> SHORT_LABEL = text(
            "text of one line with 1 to " + MinerId.MAX_CHARS + " characters",
            text -> isOneLine(text) && text.length() <= MinerId.MAX_CHARS);

    /** A capacity. */
    static final ValueType<Double> TIB =
            new ValueType<>("a number of TiB from 0.001 to 9999999.999, such as 120", ValueType::parseTib);

    /** Users with their passwords; {@link NamedMaps} reads them. */
    static final ValueType<Map<String, Secret>> USERS =
            new ValueType<>("a map of user names to passwords", text -> noEntries(text));

    /** Machines with what is said about them; {@link NamedMaps} reads them. */
    static final ValueType<Map<String, MachineProfile>> MACHINES = new ValueType<>(
            "a map of ADDRESS or ADDRESS/NAME to name, group and capacity_tib", text -> noEntries(text));

    /** A YAML list of sections, which {@link YamlReader} reads; the text is that of a list without any. */
    static final ValueType<String> UPSTREAMS = new ValueType<>(
            "a list of upstreams, such as [{name: second-node, url: \"http://10.0.0.2:8332/\"}]",
            text -> Optional.of(text).filter("[]"::equals));

    static final ValueType<Boolean> FLAG = new ValueType<>("true or false", ValueType::parseFlag);

    static final ValueType<HostPort> ADDRESS = new ValueType<>(
            "HOST:PORT with a port from 1 to 65535, such as \"0.0.0.0:8080\"; " + HOST_FORM, HostPort::parse);

    static final ValueType<String> HOST = new ValueType<>(
            "a host name or address, without scheme, port or path; " + HOST_FORM, HostPort::host);

    static final ValueType<URI> URL = new ValueType<>(
            "a URL with scheme and host, and no user or password in it, such as \"http://pool.example.com:8080/pocx\"; "
                    + HOST_FORM,
            ValueType::parseUrl);

    /** The class of the value is loaded only for texts that may be one. */
    static final ValueType<DatabaseUrl> DATABASE_URL = new ValueType<>(
            "postgresql://USER@HOST:PORT/DATABASE without a password, with ?sslmode=verify-full and the like if needed",
            text -> text.startsWith("postgres") ? DatabaseUrl.parse(text) : Optional.empty());

    static final ValueType<ProxySettings> PROXY = new ValueType<>(PROXY_FORM, ValueType::parseProxy);

    private static ValueType<String> text(String form, Predicate<String> check) {
        return new ValueType<>(form, text -> Optional.of(text).filter(it -> !it.isBlank() && check.test(it)));
    }

    static ValueType<Integer> whole(int min, int max) {
        return new ValueType<>("a whole number from " + min + " to " + max, text -> parseWhole(text, min, max));
    }

    /** One of the constants of an enum, by its name in any case. */
    static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
        E[] constants = type.getEnumConstants();
        String names = Arrays.stream(constants).map(ValueType::nameOf).collect(Collectors.joining(", "));
        return new ValueType<>("one of " + names, text -> Arrays.stream(constants)
                .filter(constant -> nameOf(constant).equalsIgnoreCase(text))
                .findFirst());
    }

    /** Returns the name of a constant in the configuration. */
    public static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static Optional<Integer> parseWhole(String text, int min, int max) {
        return Optional.of(text)
                .filter(digits -> digits.matches("-?[0-9]{1,18}"))
                .map(Long::parseLong)
                .filter(value -> value >= min && value <= max)
                .map(Long::intValue);
    }

    /** Returns what to write instead of a text that is not accepted, as the end of a sentence; often empty. */
    String hint(String text) {
        if (equals(HOST)) {
            return HostPort.isBareIpv6(text) ? "; an IPv6 address needs brackets: \"[" + text + "]\"" : "";
        }
        return equals(ADDRESS) && HostPort.isBareIpv6(text)
                ? "; an IPv6 address needs brackets: \"" + HostPort.withBrackets(text) + "\""
                : "";
    }

    /** Returns whether a text that is not accepted may contain a password: after a user name, wherever that is. */
    boolean mayHoldSecret(String text) {
        return equals(USER) || text.contains("@");
    }

    /** Returns a URL, or what was meant as one, without the part that may be a token. */
    static String withoutQuery(String text) {
        return text.replaceFirst("(?s)([?#]).*", "$1…");
    }

    /** Returns whether the key accepts a YAML list, whose items are then joined by commas. */
    boolean takesList() {
        return equals(NETWORKS);
    }

    /** Returns whether the key has a section whose keys the operator chooses. */
    boolean takesMap() {
        return equals(USERS) || equals(MACHINES);
    }

    private static <T> Optional<Map<String, T>> noEntries(String text) {
        return text.equals("{}") ? Optional.of(Map.of()) : Optional.empty();
    }

    private static Optional<Double> parseTib(String text) {
        return Optional.of(text)
                .filter(digits -> digits.matches("[0-9]{1,7}(\\.[0-9]{1,3})?"))
                .map(Double::valueOf)
                .filter(tib -> tib > 0);
    }

    /** Returns a number without exponent and unnecessary zeros. */
    static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private static boolean isOneLine(String text) {
        return text.codePoints().noneMatch(Character::isISOControl);
    }

    private static boolean isPath(String text) {
        try {
            return isOneLine(text) && Path.of(text).getNameCount() >= 0;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Optional<List<Network>> parseNetworks(String text) {
        if (text.isBlank()) {
            return Optional.of(List.of());
        }
        List<Optional<Network>> networks = Arrays.stream(text.split(",", -1))
                .map(one -> Network.parse(one.strip()))
                .toList();
        return networks.stream().allMatch(Optional::isPresent)
                ? Optional.of(networks.stream().flatMap(Optional::stream).toList())
                : Optional.empty();
    }

    private static Optional<Boolean> parseFlag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<URI> parseUrl(String text) {
        try {
            URI uri = new URI(text);
            boolean scheme = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            boolean plain = uri.getUserInfo() == null && uri.getFragment() == null;
            int port = UrlTarget.of(uri).map(UrlTarget::port).orElse(0);
            return scheme && plain && port <= 65_535 && port != 0 ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<ProxySettings> parseProxy(String text) {
        try {
            return Optional.of(ProxySettings.parse(text, "upstream.proxy"));
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }
}
