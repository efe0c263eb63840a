package org.pocx.aggregator.dashboard.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads server-sent events from a raw socket. */
final class EventStream implements AutoCloseable {
    private static final int SECONDS = 60;

    private final Socket socket = new Socket();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> head = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile long lastId;

    record Event(String name, long id, String data) {}

    /** A stream that is read completely. */
    EventStream(InetSocketAddress server, String... headers) throws IOException {
        this(server, 0, headers);
        Thread.ofVirtual().start(this::read);
    }

    /** A stream that is not read and has a small buffer. */
    EventStream(InetSocketAddress server, int receiveBuffer) throws IOException {
        this(server, receiveBuffer, new String[0]);
    }

    private EventStream(InetSocketAddress server, int receiveBuffer, String[] headers) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(server);
        StringBuilder request = new StringBuilder("GET /events HTTP/1.1\r\nHost: here\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    private void read() {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            StringBuilder lines = new StringBuilder();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                lines.append(line).append('\n');
            }
            head.complete(lines.toString());
            readEvents(in);
        } catch (IOException e) {
            head.completeExceptionally(e);
        } finally {
            end.complete(null);
        }
    }

    /** Chunk sizes are on separate lines, which do not look like a field. */
    private void readEvents(BufferedReader in) throws IOException {
        String name = "";
        long id = 0;
        for (String line = in.readLine(); line != null && !line.equals("0"); line = in.readLine()) {
            if (line.startsWith("id: ")) {
                id = Long.parseLong(line.substring(4));
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                events.add(new Event(name, id, line.substring(6)));
                lastId = name.equals("event") ? id : lastId;
            }
        }
    }

    String head() throws Exception {
        return head.get(SECONDS, TimeUnit.SECONDS);
    }

    long lastId() {
        return lastId;
    }

    Event next() throws InterruptedException {
        Event event = events.poll(SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event within " + SECONDS + " s");
        }
        return event;
    }

    List<Event> take(int count) throws InterruptedException {
        List<Event> taken = new ArrayList<>();
        while (taken.size() < count) {
            taken.add(next());
        }
        return taken;
    }

    boolean awaitEnd() throws Exception {
        try {
            end.get(SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
