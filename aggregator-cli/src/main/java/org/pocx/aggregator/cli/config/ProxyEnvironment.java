package org.pocx.aggregator.cli.config;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.http.outbound.ProxySettings;
import org.pocx.aggregator.protocol.client.UrlTarget;

/**
 * The environment variables that name proxies, with the rules of curl: {@code HTTP_PROXY}, {@code HTTPS_PROXY} or else
 * {@code ALL_PROXY}, and {@code NO_PROXY}. The name in lower case has priority. An empty variable counts as unset. Addresses
 * of this machine are no exception.
 */
final class ProxyEnvironment {
    private final Map<String, String> environment;

    ProxyEnvironment(Map<String, String> environment) {
        this.environment = environment;
    }

    /** A variable that is set. */
    private record Variable(String name, String value) {}

    /**
     * Returns the proxy for a URL.
     *
     * @throws IllegalArgumentException when the variable is not a proxy; the message names the variable, not its value
     */
    ProxySettings proxyFor(URI url) {
        Optional<Variable> proxy = Stream.of(url.getScheme().toUpperCase(Locale.ROOT) + "_PROXY", "ALL_PROXY")
                .flatMap(name -> variable(name).stream())
                .findFirst();
        return proxy.isEmpty() || isExcluded(url) ? new ProxySettings.None() : parse(proxy.get());
    }

    private boolean isExcluded(URI url) {
        Optional<UrlTarget> target = UrlTarget.of(url);
        String rules = variable("NO_PROXY").map(Variable::value).orElse("");
        return target.isPresent()
                && NoProxyRules.parse(rules).exclude(OwnAddress.withoutBrackets(target.get().host()),
                        OwnAddress.portOf(url, target.get()));
    }

    private Optional<Variable> variable(String upperCase) {
        return Stream.of(upperCase.toLowerCase(Locale.ROOT), upperCase)
                .flatMap(name -> set(name).stream())
                .findFirst();
    }

    private Optional<Variable> set(String name) {
        @Nullable String value = environment.get(name);
        return value == null || value.isBlank() ? Optional.empty() : Optional.of(new Variable(name, value.strip()));
    }

    private static ProxySettings parse(Variable variable) {
        try {
            return ProxySettings.parse(variable.value(), variable.name());
        } catch (IllegalArgumentException invalid) {
            throw new IllegalArgumentException(
                    "the environment variable " + variable.name() + " must be " + ValueType.PROXY_FORM + ": "
                            + invalid.getMessage() + ". Correct it, or set upstream.proxy",
                    invalid);
        }
    }
}
