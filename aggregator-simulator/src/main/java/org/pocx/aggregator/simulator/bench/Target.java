package org.pocx.aggregator.simulator.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A miner port, and the heads of requests to it.
 *
 * @param path such as {@code /}
 * @param credentials of the form user:password, for Basic authentication
 */
record Target(InetSocketAddress address, String path, Optional<String> credentials) {
    private static final int HTTP_PORT = 80;

    static Target local(int port) {
        return new Target(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), "/", Optional.empty());
    }

    /** @throws IllegalArgumentException when it is none of plain HTTP with a host that is known */
    static Target of(URI url) {
        if (!"http".equalsIgnoreCase(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException("the URL must be of the form http://HOST:PORT/");
        }
        InetSocketAddress address =
                new InetSocketAddress(url.getHost(), url.getPort() < 0 ? HTTP_PORT : url.getPort());
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("there is no host " + url.getHost());
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

    /** The value of the header of that name. */
    Optional<String> authorization() {
        return credentials.map(
                words -> "Basic " + Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8)));
    }

    /** A whole request with that body. */
    byte[] request(byte[] body) {
        String authorization =
                authorization().map(words -> "authorization: " + words + "\r\n").orElse("");
        byte[] head = Bytes.ascii("POST " + path + " HTTP/1.1\r\nhost: " + host()
                + "\r\ncontent-type: application/json\r\nuser-agent: PoCX-Miner/1.0.0\r\n" + authorization
                + "content-length: " + body.length + "\r\n\r\n");
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }
}
