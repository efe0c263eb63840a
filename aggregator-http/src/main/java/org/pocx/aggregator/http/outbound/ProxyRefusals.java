package org.pocx.aggregator.http.outbound;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.pocx.aggregator.http.outbound.ProxySettings.Via;

/**
 * Describes why an HTTP proxy does not forward. Proxies report the cause in different headers: RFC 9209 (Proxy-Status), and
 * Squid's own.
 *
 * @param proxy the proxy
 */
record ProxyRefusals(Via proxy) {
    /** With the numbers of "connection refused" on Linux and on BSD. */
    private static final Pattern REFUSED = Pattern.compile("ERR_CONNECT_FAIL (111|61)|error=connection_refused");

    /** Returns the failure of a CONNECT request whose response is not 2xx. */
    DialFailure ofTunnel(ProxyResponseHead head) {
        int status = head.status();
        return ofLogin(status, head::field).or(() -> ofMarked(status, head::field)).orElseGet(() -> switch (status) {
            case 403, 405 -> DialFailure.of(name() + " does not allow this connection (" + http(head)
                    + "); allow CONNECT to this host and port in the proxy's rules");
            case 504 -> DialFailure.timedOut(name() + " cannot connect in time (" + http(head) + ")");
            // Which of its causes it is, such proxies do not report. Refused is the most frequent one.
            case 500, 502, 503 -> DialFailure.refused(name() + " cannot connect (" + http(head) + ")");
            default -> DialFailure.of(name() + " does not connect (" + http(head) + ")");
        });
    }

    /** Returns the failure that a response contains; empty when the response may be from the target itself. */
    Optional<DialFailure> ofForwarded(int status, Function<String, Optional<String>> field) {
        return ofLogin(status, field).or(() -> ofMarked(status, field));
    }

    private Optional<DialFailure> ofLogin(int status, Function<String, Optional<String>> field) {
        if (status != 407) {
            return Optional.empty();
        }
        String offered = field.apply("Proxy-Authenticate").orElse("Basic");
        if (!offered.toLowerCase(Locale.ROOT).contains("basic")) {
            return Optional.of(DialFailure.of(name() + " requires a login by " + VisibleText.of(offered)
                    + " (HTTP 407); only Basic is supported"));
        }
        return Optional.of(DialFailure.of(proxy.login().isEmpty()
                ? name() + " requires a login (HTTP 407); add USER:PASSWORD@ before the host in " + proxy.setting()
                : name() + " does not accept user and password (HTTP 407); correct them in " + proxy.setting()));
    }

    private Optional<DialFailure> ofMarked(int status, Function<String, Optional<String>> field) {
        if (status < 400) {
            return Optional.empty();
        }
        return field.apply("X-Squid-Error").or(() -> field.apply("Proxy-Status").filter(it -> it.contains("error=")))
                .map(cause -> marked(status, cause));
    }

    private DialFailure marked(int status, String cause) {
        String verb = status < 500 ? " does not allow this connection" : " cannot connect";
        String message = name() + verb + " (HTTP " + status + ", " + VisibleText.of(cause) + ")";
        return new DialFailure(message, status == 504, REFUSED.matcher(cause).find());
    }

    private String name() {
        return "the proxy " + proxy.name();
    }

    private static String http(ProxyResponseHead head) {
        return VisibleText.of("HTTP " + head.status() + " " + head.reason());
    }
}
