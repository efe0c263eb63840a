package org.pocx.aggregator.dashboard.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.pocx.aggregator.http.routing.Responses;

/** Sends content with the headers for security and caching, compressed for clients that accept it. */
public final class ContentResponses {
    private static final int WORTH_PACKING = 1_024;

    /**
     * The page loads scripts, styles, data and images only from this server, never inline, and cannot be shown in a
     * frame. (data: is for the icon of a page that was saved by a browser.) The only exception is the line of script
     * with this hash: behind a proxy, under a path without a final slash, the page cannot find its own files before it
     * has moved.
     */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
                    + " frame-ancestors 'none'; base-uri 'none'; form-action 'none'; script-src-elem 'self'"
                    + " 'sha256-aeYx85mVCNrXH5e4wvlGrh2WclmPOJlfFHEvtnE/2ls='";

    private static final Map<String, String> SECURITY = Map.of(
            "Content-Security-Policy", CONTENT_SECURITY_POLICY,
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin");

    private ContentResponses() {}

    /** Sets the security headers of every response. */
    public static void secure(HttpExchange exchange) {
        SECURITY.forEach(exchange.getResponseHeaders()::set);
    }

    /** Sends the content; only the headers if the method is HEAD or the client has the current version. */
    public static void send(HttpExchange exchange, int status, Content content) throws IOException {
        secure(exchange);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Cache-Control", content.tag().isEmpty() ? "no-store" : "no-cache");
        headers.set("Vary", "Accept-Encoding");
        if (!content.tag().isEmpty()) {
            headers.set("ETag", content.tag());
            if (content.tag().equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                headers.set("Content-Type", content.type());
                Responses.empty(exchange, 304);
                return;
            }
        }
        byte[] body = content.body();
        if (body.length >= WORTH_PACKING && unpacks(exchange.getRequestHeaders())) {
            headers.set("Content-Encoding", "gzip");
            body = packed(body);
        }
        Responses.send(exchange, status, content.type(), body);
    }

    /** Whether the client accepts gzip (not with a weight of 0). */
    static boolean unpacks(Headers request) {
        List<String> accepted = request.getOrDefault("Accept-Encoding", List.of());
        return accepted.stream()
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .map(String::strip)
                .anyMatch(coding -> coding.matches("(?i)gzip(\\s*;\\s*q=(1|1\\.0*|0\\.0*[1-9][0-9]*))?"));
    }

    private static byte[] packed(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen: writing to memory
        }
        return bytes.toByteArray();
    }
}
