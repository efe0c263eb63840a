package org.pocx.aggregator.cli.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.testkit.RawRequest;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;

/**
 * An upstream on plain sockets: it answers well, or with whatever bytes a test wants. What it is to do is changed by the
 * test's thread; requests come on many.
 */
final class HostileUpstream implements AutoCloseable {
    private static final Pattern NONCE = Pattern.compile("\"nonce\":(\\d+)");

    private final ServerSocket listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final List<Long> confirmed = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile MiningInfo info;
    private volatile @Nullable Answer polls;
    private volatile @Nullable Answer submissions;
    private volatile @Nullable SSLContext identity;

    /** Bytes in place of a good answer. The connection is closed when this returns or throws. */
    interface Answer {
        /** @param id of the request, as JSON */
        void to(OutputStream out, String id) throws IOException, InterruptedException;
    }

    HostileUpstream(MiningInfo info) throws IOException {
        this.info = info;
        Thread.ofPlatform().daemon().start(this::listen);
    }

    /** An answer of this body. */
    static Answer json(String bodyWithId) {
        return (out, id) -> {
            byte[] body = bodyWithId.replace("ID", id).getBytes(ISO_8859_1);
            out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(ISO_8859_1));
            out.write(body);
        };
    }

    /** From now on all is answered so. */
    void behave(Answer answer) {
        polls = answer;
        submissions = answer;
    }

    void answerPolls(Answer answer) {
        polls = answer;
    }

    void answerSubmissions(Answer answer) {
        submissions = answer;
    }

    /** From now on all is answered well. */
    void getWell() {
        polls = null;
        submissions = null;
    }

    void announce(MiningInfo next) {
        info = next;
    }

    /** From now on new connections are with TLS, by these keys. */
    void identify(SSLContext with) {
        identity = with;
    }

    /** Nonces that had a good answer. */
    List<Long> confirmed() {
        return List.copyOf(confirmed);
    }

    int requests() {
        return requests.get();
    }

    int port() {
        return listener.getLocalPort();
    }

    private void listen() {
        try {
            while (true) {
                Socket connection = listener.accept();
                Thread.ofPlatform().daemon().start(() -> talk(connection));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void talk(Socket connection) {
        try (Socket socket = secured(connection)) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean goOn = true;
            while (goOn) {
                RawRequest request = RawRequest.read(in);
                requests.incrementAndGet();
                goOn = answer(socket, request);
            }
        } catch (IOException | InterruptedException gone) {
            return;
        }
    }

    private Socket secured(Socket plain) throws IOException {
        SSLContext context = identity;
        return context == null ? plain : context.getSocketFactory().createSocket(plain, null, true);
    }

    private boolean answer(Socket socket, RawRequest request) throws IOException, InterruptedException {
        boolean submission = request.body().contains("submit_nonce");
        Answer odd = submission ? submissions : polls;
        if (odd != null) {
            odd.to(socket.getOutputStream(), request.id());
            return false;
        }
        String result = submission ? "{\"accepted\":true,\"poc_time\":1}" : MiningCodec.encode(info).text();
        json("{\"jsonrpc\":\"2.0\",\"result\":" + result + ",\"id\":ID}").to(socket.getOutputStream(), request.id());
        Matcher nonce = NONCE.matcher(request.body());
        if (submission && nonce.find()) {
            confirmed.add(Long.valueOf(nonce.group(1)));
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
