package org.pocx.aggregator.cli.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pocx.aggregator.protocol.client.UrlTarget;
import org.pocx.aggregator.protocol.server.Network;

/**
 * What a key takes.
 *
 * @param form completes the sentence "it must be …"
 * @param parser the value of a text, or empty when the text is out of form
 */
public record ValueType<T>(String form, Function<String, Optional<T>> parser) {
    private static final String HOST_FORM = "a host name may hold letters, digits, dots, hyphens and underscores";

    /** A text that is not empty. */
    static final ValueType<String> NAME = new ValueType<>("text that is not empty", ValueType::parseName);

    /** What something is called in a log. */
    static final ValueType<String> LABEL = new ValueType<>(
            "text of one line that is not empty", text -> parseName(text).filter(ValueType::isOneLine));

    /** A user name for HTTP Basic, whose form cannot carry a colon. */
    static final ValueType<String> USER = new ValueType<>(
            "a name without a colon", text -> parseName(text).filter(name -> name.indexOf(':') < 0));

    /** A bearer token, which stands in a header as it is. */
    static final ValueType<String> TOKEN = new ValueType<>(
            "printable ASCII without blanks",
            text -> parseName(text).filter(token -> token.chars().allMatch(c -> c > ' ' && c < 0x7f)));

    static final ValueType<String> PATH =
            new ValueType<>("the path of a file", text -> parseName(text).filter(ValueType::isPath));

    /** A path, or nothing at all. */
    static final ValueType<String> PATH_OR_NONE =
            new ValueType<>("the path of a file, or \"\"", text -> Optional.of(text).filter(ValueType::isPath));

    /** A list: in YAML, or in one text with commas. */
    static final ValueType<List<Network>> NETWORKS = new ValueType<>(
            "a list of networks, such as [\"192.168.0.0/16\", \"fd00::/8\"]", ValueType::parseNetworks);

    static final ValueType<Boolean> FLAG = new ValueType<>("true or false", ValueType::parseFlag);

    static final ValueType<HostPort> ADDRESS = new ValueType<>(
            "HOST:PORT with a port from 1 to 65535, such as \"0.0.0.0:8080\"; " + HOST_FORM, HostPort::parse);

    static final ValueType<String> HOST = new ValueType<>(
            "a host name or address, without scheme, port or path; " + HOST_FORM, HostPort::host);

    static final ValueType<URI> URL = new ValueType<>(
            "a URL with scheme and host, and no user or password in it, such as \"http://pool.example.com:8080/pocx\"; "
                    + HOST_FORM,
            ValueType::parseUrl);

    static ValueType<Long> whole(long min, long max) {
        return new ValueType<>("a whole number from " + min + " to " + max, text -> parseWhole(text, min, max));
    }

    /** One of an enum's constants, by its name in whatever case. */
    static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
        E[] constants = type.getEnumConstants();
        String names = Arrays.stream(constants).map(ValueType::nameOf).collect(Collectors.joining(", "));
        return new ValueType<>("one of " + names, text -> Arrays.stream(constants)
                .filter(constant -> nameOf(constant).equalsIgnoreCase(text))
                .findFirst());
    }

    /** The constant's name in the configuration. */
    public static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static Optional<Long> parseWhole(String text, long min, long max) {
        if (!text.matches("-?[0-9]{1,18}")) {
            return Optional.empty();
        }
        long value = Long.parseLong(text);
        return value >= min && value <= max ? Optional.of(value) : Optional.empty();
    }

    /** Whether a text that is out of form may have a password in it: behind a user name, wherever that stands. */
    boolean mayHoldSecret(String text) {
        return equals(USER) || text.contains("@");
    }

    /** A URL, or what was meant as one, without what may be a token. */
    static String withoutQuery(String text) {
        return text.replaceFirst("(?s)([?#]).*", "$1…");
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

    private static Optional<String> parseName(String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(text);
    }

    private static Optional<List<Network>> parseNetworks(String text) {
        List<Network> networks = new ArrayList<>();
        for (String one : text.isBlank() ? new String[0] : text.split(",", -1)) {
            Optional<Network> network = Network.parse(one.strip());
            if (network.isEmpty()) {
                return Optional.empty();
            }
            networks.add(network.get());
        }
        return Optional.of(List.copyOf(networks));
    }

    /** Whether the key takes a list; its items are then joined by commas. */
    boolean takesList() {
        return equals(NETWORKS);
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
}
