package org.pocx.aggregator.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The target of a request (RFC 9112, 3.2). The authority form, which only CONNECT has, is rejected.
 *
 * @param uri as it was sent; with the path {@code /} if the absolute form has no path
 * @param path of the URI, decoded
 * @param host the authority of the absolute form, which replaces the Host field; empty for the other forms
 */
record RequestTarget(URI uri, String path, Optional<String> host) {
    private static final String ASTERISK = "*";

    /**
     * Reads a target.
     *
     * @throws HttpStatusException with status 400 if the form is not valid for the method
     */
    static RequestTarget parse(String method, String text) throws HttpStatusException {
        if (text.startsWith("/")) {
            // Two slashes would start an authority. An empty authority is inserted, so that the whole text is the path.
            return of(uri(text.startsWith("//") ? "//" + text : text), Optional.empty());
        }
        if (text.equals(ASTERISK) && method.equals("OPTIONS")) {
            return new RequestTarget(URI.create(text), text, Optional.empty());
        }
        if (text.regionMatches(true, 0, "http://", 0, 7) || text.regionMatches(true, 0, "https://", 0, 8)) {
            return absolute(uri(text));
        }
        throw HeadReader.bad("invalid request target");
    }

    private static RequestTarget absolute(URI uri) throws HttpStatusException {
        @Nullable String authority = uri.getRawAuthority();
        if (authority == null || !HeadReader.isHost(authority)) { // which has no user information, see RFC 9110, 4.2.4
            throw HeadReader.bad("missing host in the request target");
        }
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        boolean pathless = uri.getRawPath().isEmpty();
        return of(pathless ? uri(uri.getScheme() + "://" + authority + "/" + query) : uri, Optional.of(authority));
    }

    private static RequestTarget of(URI uri, Optional<String> host) throws HttpStatusException {
        if (uri.getRawFragment() != null) {
            throw HeadReader.bad("a fragment in the request target");
        }
        return new RequestTarget(uri, uri.getPath(), host);
    }

    private static URI uri(String text) throws HttpStatusException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw HeadReader.bad("invalid URI");
        }
    }
}
