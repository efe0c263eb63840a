package org.pocx.aggregator.http.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy: CONNECT, and requests with a whole URL. */
public final class SmallHttpProxy extends SmallProxy {
    private static final String OVER = "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    private static final String UNAUTHORIZED =
            "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"test\"" + OVER;

    private final Optional<String> login;
    private final List<String> heads = new CopyOnWriteArrayList<>();

    private SmallHttpProxy(Optional<String> login) {
        this.login = login;
        start();
    }

    /** A proxy that is open to everybody. */
    public static SmallHttpProxy open() {
        return new SmallHttpProxy(Optional.empty());
    }

    /** A proxy for those who log in with this USER:PASSWORD. */
    public static SmallHttpProxy withLogin(String userAndPassword) {
        return new SmallHttpProxy(Optional.of(userAndPassword));
    }

    /** The head of each request that it received. */
    public List<String> heads() {
        return List.copyOf(heads);
    }

    @Override
    void serve(Socket client, DataInputStream in, OutputStream out) throws IOException {
        String head = head(in);
        heads.add(head);
        if (isWelcome(head)) {
            forward(head, client, in, out);
        } else {
            out.write(UNAUTHORIZED.getBytes(ISO_8859_1));
        }
    }

    private boolean isWelcome(String head) {
        String expected = login.map(known -> "Proxy-Authorization: Basic "
                + Base64.getEncoder().encodeToString(known.getBytes(UTF_8))).orElse("");
        return head.contains(expected);
    }

    private void forward(String head, Socket client, DataInputStream in, OutputStream out) throws IOException {
        String target = head.split(" ")[1];
        boolean tunnel = head.startsWith("CONNECT ");
        Socket socket;
        try {
            socket = dial(tunnel ? target : URI.create(target).getRawAuthority());
        } catch (IOException unreachable) {
            out.write(("HTTP/1.1 503 Service Unavailable\r\nX-Squid-Error: ERR_CONNECT_FAIL 111" + OVER)
                    .getBytes(ISO_8859_1));
            return;
        }
        if (tunnel) {
            out.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(ISO_8859_1));
            relay(client, in, socket);
        } else {
            exchange(head, in, out, socket);
        }
    }

    /** Sends one request to the target, and its response back, after which both connections end. */
    private static void exchange(String head, DataInputStream in, OutputStream out, Socket socket)
            throws IOException {
        try (socket) {
            URI url = URI.create(head.split(" ")[1]);
            String path = url.toString().substring(("http://" + url.getRawAuthority()).length());
            String forwarded = head.replace(" " + url + " ", " " + path + " ")
                    .replaceAll("(?i)(Proxy-Authorization|Connection):[^\r\n]*\r\n", "")
                    .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
            socket.getOutputStream().write(forwarded.getBytes(ISO_8859_1));
            socket.getOutputStream().write(in.readNBytes(bodyLength(head)));
            DataInputStream response = new DataInputStream(socket.getInputStream());
            // Otherwise a client might use the connection again before it notices that it has ended.
            String answered = head(response).replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
            out.write(answered.getBytes(ISO_8859_1));
            response.transferTo(out);
        }
    }

    private static int bodyLength(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .map(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
    }

    private static String head(DataInputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!bytes.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            bytes.write(next);
        }
        return bytes.toString(ISO_8859_1);
    }
}
