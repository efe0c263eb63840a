package org.pocx.aggregator.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;

/**
 * A miner port, and requests to it.
 *
 * @param path such as {@code /}
 * @param credentials of the form user:password, for Basic authentication
 */
record Target(InetSocketAddress address, String path, Optional<String> credentials) {
    private static final int HTTP_PORT = 80;

    static Target local(int port) {
        return new Target(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), "/", Optional.empty());
    }

    /** @throws IllegalArgumentException if the URL is not plain HTTP to a known host */
    static Target of(URI url) {
        if (!"http".equalsIgnoreCase(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException("the URL must be of the form http://HOST:PORT/");
        }
        InetSocketAddress address =
                new InetSocketAddress(url.getHost(), url.getPort() < 0 ? HTTP_PORT : url.getPort());
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("unknown host " + url.getHost());
        }
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return new Target(address, path, Optional.ofNullable(url.getUserInfo()));
    }

    URI uri() {
        return URI.create("http://" + host() + path);
    }

    private String host() {
        String name = address.getHostString();
        return (name.indexOf(':') < 0 ? name : "[" + name + "]") + ":" + address.getPort();
    }

    /** The request {@code get_mining_info}. */
    byte[] poll() {
        return request(RpcRequests.getMiningInfo(RpcId.of(1)));
    }

    /** The request {@code submit_nonce}. */
    byte[] submission(NonceSubmission nonce) {
        return request(RpcRequests.submitNonce(RpcId.of(1), nonce));
    }

    /** A complete request with that body. */
    byte[] request(byte[] body) {
        String authorization = credentials
                .map(words -> words.getBytes(StandardCharsets.UTF_8))
                .map(words -> "authorization: Basic " + Base64.getEncoder().encodeToString(words) + "\r\n")
                .orElse("");
        byte[] head = AsciiBytes.of("POST " + path + " HTTP/1.1\r\nhost: " + host()
                + "\r\ncontent-type: application/json\r\nuser-agent: PoCX-Miner/1.0.0\r\n" + authorization
                + "content-length: " + body.length + "\r\n\r\n");
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }
}
