package org.pocx.aggregator.http.conformance;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Optional;

/** A request as a handler saw it, whole. */
record SeenRequest(String method, String path, Optional<String> query, Headers headers, String body) {
    List<String> values(String field) {
        return headers.getOrDefault(field, List.of());
    }
}
