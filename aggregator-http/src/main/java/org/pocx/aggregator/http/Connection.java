package org.pocx.aggregator.http;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One connection from its first byte to its end. Its own thread runs it; other threads may only read its state and
 * close it.
 */
final class Connection implements Runnable {
    /** A smaller unread rest of a body is read and discarded, so that the connection can be used again. */
    private static final int DRAINED_BYTES = 64 * 1024;

    private static final Duration LINGER = Duration.ofSeconds(3);
    private static final long LINGER_BYTES = 32L * 1024 * 1024;
    private static final int BUFFER = 64 * 1024;
    private static final long PAUSE_NANOS = 50_000;
    private static final Logger LOG = System.getLogger(Connection.class.getName());

    private final DeadlineSocket socket;
    private final EngineLimits limits;
    private final ContextTable contexts;
    private final ConnectionRegistry connections;
    private final AdmissionControl.Slot slot;
    private final DeadlineClock clock;
    private final HttpDate date;
    private final AtomicBoolean left = new AtomicBoolean();
    private volatile boolean proven;
    private volatile boolean resting = true;
    private volatile long since;
    private PipelineScheduler.@Nullable TimeSlice turn;
    private boolean inTurn;

    Connection(
            DeadlineSocket socket,
            EngineLimits limits,
            ContextTable contexts,
            ConnectionRegistry connections,
            AdmissionControl.Slot slot,
            HttpDate date) {
        this.socket = socket;
        this.limits = limits;
        this.contexts = contexts;
        this.connections = connections;
        this.slot = slot;
        this.date = date;
        clock = connections.clock();
        since = clock.now();
    }

    @Override
    public void run() {
        try {
            socket.open();
            serve();
        } catch (IOException gone) {
            LOG.log(Level.TRACE, "connection ended", gone);
        } catch (RuntimeException | Error fault) {
            LOG.log(Level.WARNING, "A connection is closed because of a fault in this program", fault);
        } finally {
            endTurn();
            abandon();
        }
    }

    private void serve() throws IOException {
        boolean more = true;
        while (more && !connections.stopping() && socket.in().await()) {
            resting = false;
            if (connections.stopping()) {
                return;
            }
            socket.limit(limits.request());
            more = request();
            since = clock.now();
            socket.limit(limits.idle());
            resting = more;
            if (more && socket.in().hasMore()) {
                awaitTurn();
            } else {
                endTurn();
            }
        }
    }

    /** Waits for a turn if the client pipelines its requests. */
    private void awaitTurn() {
        PipelineScheduler.TimeSlice ours = turn;
        if (ours == null) {
            ours = connections.turns().newSlice();
            turn = ours;
        }
        ours.use();
        inTurn = true;
    }

    private void endTurn() {
        inTurn = false;
        if (turn != null) {
            turn.end();
        }
    }

    /** Whether the connection can be used again. */
    private boolean request() throws IOException {
        RequestHead head;
        try {
            head = HeadReader.read(socket.in(), limits);
        } catch (HttpStatusException broken) {
            return refuse(broken);
        }
        if (!inTurn && head.bodyLength() >= 0 && socket.in().hasMoreThan(head.bodyLength())) {
            awaitTurn(); // the next request has already arrived
        }
        ResponseWriter answer = new ResponseWriter(socket, head);
        RequestBody body = new RequestBody(
                socket.in(), head.bodyLength(), limits.headBytes(), () -> goOn(head), this::received);
        try {
            Optional<EngineContext> context = contexts.find(head.path());
            if (context.isEmpty()) {
                return refuse(new HttpStatusException(404, "not found"));
            }
            Exchange exchange = new Exchange(head, body, answer, context.get(), socket, date, connections::stopping);
            context.get().handle(exchange);
            return answer.finish() && end(body, head, exchange.closes());
        } catch (HttpStatusException broken) {
            return !answer.begun() && refuse(broken);
        }
    }

    /** Called when the whole request has been read: from now on the peer waits for the server. */
    private void received() {
        proven = true;
        socket.unlimited();
    }

    private void goOn(RequestHead head) throws IOException {
        if (head.expectsContinue() && head.modern()) {
            byte[] line = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
            socket.write(line, 0, line.length);
        }
    }

    /** After a complete response: whether the connection stays open. The rest of the request is read in either case. */
    private boolean end(RequestBody body, RequestHead head, boolean closes) throws IOException {
        boolean unwanted = head.expectsContinue() && !body.begun();
        if (closes || unwanted || !drained(body)) {
            linger();
            return false;
        }
        return true;
    }

    private static boolean drained(RequestBody body) throws IOException {
        byte[] buffer = body.ended() ? new byte[0] : new byte[BUFFER];
        int read = 0;
        for (int all = 0; !body.ended(); all += Math.max(0, read)) {
            if (all + body.left() > DRAINED_BYTES) {
                return false;
            }
            read = body.read(buffer, 0, buffer.length);
        }
        return true;
    }

    private boolean refuse(HttpStatusException broken) throws IOException {
        byte[] words = (Status.line(broken.status()) + ": " + broken.words() + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] head = ("HTTP/1.1 " + Status.line(broken.status())
                + "\r\nDate: " + date.text()
                + "\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\nContent-Length: " + words.length
                + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        socket.write(head, 0, head.length);
        socket.write(words, 0, words.length);
        linger();
        return false;
    }

    /**
     * Reads and discards what the peer still sends. Closing at once would reset the connection of a peer that writes
     * everything before it reads, and the response would be lost (RFC 9112, 9.6).
     */
    private void linger() throws IOException {
        if (connections.stopping()) {
            return;
        }
        socket.limit(LINGER);
        socket.finishWriting();
        byte[] buffer = new byte[BUFFER];
        int read = 0;
        for (long all = 0; read >= 0 && all < LINGER_BYTES; all += read) {
            read = socket.in().read(buffer, 0, buffer.length);
            LockSupport.parkNanos(PAUSE_NANOS); // so that a fast sender does not occupy a processor, see PipelineScheduler
        }
    }

    /** Whether the peer has ever sent a complete request. */
    boolean proven() {
        return proven;
    }

    /** Nanoseconds since the last request, or since the connection was opened. */
    long waited(long now) {
        return now - since;
    }

    /**
     * Whether the connection occupies its slot without using it: it has been idle for long, or has sent no complete
     * request in time.
     */
    boolean isUseless(long now) {
        return proven
                ? resting && waited(now) >= ConnectionRegistry.RESTED.toNanos()
                : waited(now) >= ConnectionRegistry.UNPROVEN.toNanos();
    }

    void cutIfLate(long now) {
        if (socket.isLate(now)) {
            cut();
        }
    }

    void cutIfResting() {
        if (resting) {
            cut();
        }
    }

    /** Closes the socket; the connection's thread then ends. */
    void cut() {
        socket.cut();
    }

    /** Closes the connection, whether its thread has run or not. Idempotent. */
    void abandon() {
        cut();
        connections.remove(this);
        if (left.compareAndSet(false, true)) {
            slot.release();
        }
    }
}
