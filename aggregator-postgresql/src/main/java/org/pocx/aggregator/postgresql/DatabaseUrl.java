package org.pocx.aggregator.postgresql;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The address of a database, in the form that PostgreSQL's own programs use, without a password:
 * {@code postgresql://USER@HOST:PORT,HOST:PORT/DATABASE?sslmode=verify-full}.
 *
 * @param user the role that logs in
 * @param hosts one or more hosts with or without ports, separated by commas; the one that can be written is used
 * @param database the name of the database
 * @param parameters {@code sslmode}, {@code sslrootcert}, {@code sslcert}, {@code sslkey}, as the driver understands them
 */
public record DatabaseUrl(String user, String hosts, String database, Map<String, String> parameters) {
    private static final String HOST = "(?:[\\w.-]+|\\[[0-9a-fA-F:.]+])(?::[0-9]{1,5})?";
    private static final Pattern FORM = Pattern.compile("postgres(?:ql)?://([^@/:?#]+)@(" + HOST + "(?:," + HOST
            + ")*)/([^/?#]+)(?:\\?([^#]*))?");
    private static final Pattern PORT = Pattern.compile(":([0-9]+)(?=,|$)");
    private static final Set<String> PARAMETERS = Set.of("sslmode", "sslrootcert", "sslcert", "sslkey");
    private static final Set<String> SSL_MODES =
            Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    /** Copies the parameters. */
    public DatabaseUrl {
        parameters = Map.copyOf(parameters);
    }

    /**
     * {@return the address of a text; empty if it is not one}
     *
     * @param text such as {@code postgresql://pocx@db.example.com/pocx}
     */
    public static Optional<DatabaseUrl> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || PORT.matcher(form.group(2)).results().anyMatch(port -> !isPort(port.group(1)))) {
            return Optional.empty();
        }
        try {
            Map<String, String> parameters = new LinkedHashMap<>();
            for (String pair : form.group(4) == null ? new String[0] : form.group(4).split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = pair.substring(0, Math.max(0, equals));
                String value = decoded(pair.substring(equals + 1));
                if (!PARAMETERS.contains(name) || (name.equals("sslmode") && !SSL_MODES.contains(value))) {
                    return Optional.empty();
                }
                parameters.put(name, value);
            }
            return Optional.of(
                    new DatabaseUrl(decoded(form.group(1)), form.group(2), decoded(form.group(3)), parameters));
        } catch (IllegalArgumentException invalidEscape) {
            return Optional.empty();
        }
    }

    private static boolean isPort(String digits) {
        int port = Integer.parseInt(digits);
        return port > 0 && port <= 65_535;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** {@return the address in the form that {@link #parse} takes} */
    @Override
    public String toString() {
        String options = new TreeMap<>(parameters)
                .entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()).replace("%2F", "/"))
                .collect(Collectors.joining("&"));
        return "postgresql://" + encoded(user) + "@" + hosts + "/" + encoded(database)
                + (options.isEmpty() ? "" : "?" + options);
    }
}
