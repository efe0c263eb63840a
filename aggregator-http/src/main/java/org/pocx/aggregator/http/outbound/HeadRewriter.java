package org.pocx.aggregator.http.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import org.pocx.aggregator.http.outbound.ProxySettings.Via;

/**
 * Makes the head of a request that the client sent to the relay one for the target, or for the proxy before it.
 *
 * @param prefix precedes the path in the request target
 * @param host the value of the header Host
 * @param added further header fields, one line each
 */
record HeadRewriter(String prefix, String host, List<String> added) {

    HeadRewriter {
        added = List.copyOf(added);
    }

    static HeadRewriter toTarget(OutboundTarget target) {
        return new HeadRewriter("", target.authority(), List.of());
    }

    static HeadRewriter toProxy(OutboundTarget target, Via proxy) {
        return new HeadRewriter(
                "http://" + target.authority(), target.authority(), ProxyAuthorization.of(proxy).stream().toList());
    }

    byte[] rewrite(RelayedHead head) {
        List<String> lines = new ArrayList<>();
        lines.add(head.method() + " " + prefix + pathOf(head.target()) + " HTTP/1.1");
        lines.add("Host: " + host);
        head.fields().stream()
                .filter(line -> !RelayedHead.isField(line, "Host"))
                .filter(line -> !RelayedHead.isField(line, ProxyAuthorization.NAME))
                .forEach(lines::add);
        lines.addAll(added);
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(ISO_8859_1);
    }

    /** Returns path and query of a target, which the client sends as a whole URL. */
    private static String pathOf(String target) {
        int scheme = target.indexOf("://");
        int path = target.indexOf('/', scheme < 0 ? 0 : scheme + 3);
        return path < 0 ? "/" : target.substring(path);
    }
}
