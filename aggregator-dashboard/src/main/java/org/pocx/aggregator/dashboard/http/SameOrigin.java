package org.pocx.aggregator.dashboard.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that change something and that a browser sends for the page of another site. A browser that knows the
 * dashboard's password sends it with such a request as well (cross-site request forgery).
 *
 * <p>A browser states where a request comes from: {@code Sec-Fetch-Site} (Fetch Metadata, W3C), and in each POST {@code
 * Origin} (RFC 6454). Clients that are not browsers send neither, and hold no password that someone else could use.
 */
public final class SameOrigin {
    private SameOrigin() {}

    /**
     * Checks a request.
     *
     * @throws RequestRefusedException if it comes from another site
     */
    public static void require(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        String site = headers.getFirst("Sec-Fetch-Site");
        boolean isOwn = site == null || site.equals("same-origin") || site.equals("none");
        if (!isOwn || !isOwnOrigin(headers.getFirst("Origin"), headers.getFirst("Host"))) {
            throw new RequestRefusedException(
                    403, "This request comes from the page of another site. Use the dashboard's own page.");
        }
    }

    private static boolean isOwnOrigin(@Nullable String origin, @Nullable String host) {
        if (origin == null) {
            return true;
        }
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && host != null && lower(authority).equals(lower(host));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
