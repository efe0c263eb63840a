package org.pocx.aggregator.cli.config;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.pocx.aggregator.protocol.server.Network;

/**
 * The rules of {@code NO_PROXY}: hosts that are reached without a proxy. Entries are separated by commas or blanks:
 *
 * <ul>
 *   <li>{@code *}: all hosts;
 *   <li>a name: this host and those below it; a dot or {@code *.} before it changes nothing;
 *   <li>an address or network, such as 10.0.0.0/8: hosts that are written as such an address. Names are not resolved;
 *   <li>each of them, followed by {@code :PORT}: this port only. An IPv6 address is then in brackets.
 * </ul>
 */
final class NoProxyRules {
    private static final String ALL = "*";

    private final List<Rule> rules;

    /** @param port empty for all ports */
    private record Rule(Predicate<String> host, Optional<Integer> port) {
        boolean matches(String testedHost, int testedPort) {
            return host.test(testedHost) && port.map(only -> only == testedPort).orElse(true);
        }
    }

    private NoProxyRules(List<Rule> rules) {
        this.rules = rules;
    }

    static NoProxyRules parse(String text) {
        return new NoProxyRules(Arrays.stream(text.split("[,\\s]+"))
                .filter(entry -> !entry.isEmpty())
                .map(NoProxyRules::rule)
                .toList());
    }

    /** @param host without brackets */
    boolean exclude(String host, int port) {
        String plain = withoutTrailingDot(host.toLowerCase(Locale.ROOT));
        return rules.stream().anyMatch(rule -> rule.matches(plain, port));
    }

    private static Rule rule(String entry) {
        int colon = entry.lastIndexOf(':');
        boolean onlyColon = entry.indexOf(':') == colon;
        boolean afterBracket = colon > 0 && entry.charAt(colon - 1) == ']';
        Optional<Integer> port = colon > 0 && (onlyColon || afterBracket)
                ? ValueType.parseWhole(entry.substring(colon + 1), 1, 65_535)
                : Optional.empty();
        return new Rule(host(port.isPresent() ? entry.substring(0, colon) : entry), port);
    }

    private static Predicate<String> host(String entry) {
        if (entry.equals(ALL)) {
            return host -> true;
        }
        Optional<Network> network = Network.parse(entry.replace("[", "").replace("]", ""));
        if (network.isPresent()) {
            return host -> address(host).filter(network.get()::contains).isPresent();
        }
        String domain = withoutTrailingDot(entry.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""));
        return host -> host.equals(domain) || host.endsWith("." + domain);
    }

    /** Returns the address that the text denotes; empty for a name. */
    private static Optional<InetAddress> address(String host) {
        return host.indexOf('/') >= 0 ? Optional.empty() : Network.parse(host).map(Network::start);
    }

    private static String withoutTrailingDot(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
