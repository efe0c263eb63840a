package org.pocx.aggregator.simulator.node;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import org.pocx.aggregator.simulator.http.HttpAnswers;
import org.pocx.aggregator.simulator.http.HttpMessage;
import org.pocx.aggregator.simulator.http.HttpReader;

/** A connection to a server, served by the thread that runs it, one request after the other. */
final class NodeConnection {
    /** When a node drops a connection that says nothing. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final Socket socket;
    private final NodeEndpoint endpoint;

    NodeConnection(Socket socket, NodeEndpoint endpoint) {
        this.socket = socket;
        this.endpoint = endpoint;
    }

    /** Serves until either side has enough. Trouble with the connection ends it, and is nobody's concern. */
    void serve() {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) IDLE.toMillis());
            HttpReader reader = new HttpReader(socket.getInputStream());
            Optional<HttpMessage> request = reader.read();
            while (request.isPresent() && carryOn(request.get())) {
                request = reader.read();
            }
        } catch (IOException e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server stops
        }
    }

    /** Answers a request; false when the connection is to end. */
    private boolean carryOn(HttpMessage request) throws IOException, InterruptedException {
        OutputStream out = socket.getOutputStream();
        return switch (endpoint.handle(request)) {
            case NodeReply.Answer answer -> {
                boolean last = request.isLast();
                out.write(HttpAnswers.render(
                        answer.status(), answer.contentType(), answer.headers(), answer.body(), last));
                yield !last;
            }
            case NodeReply.Raw raw -> {
                out.write(raw.bytes());
                yield false;
            }
            case NodeReply.Silence silence -> {
                waitForTheClientToGo();
                yield false;
            }
            case NodeReply.Reset reset -> {
                socket.setSoLinger(true, 0);
                yield false;
            }
            case NodeReply.Close close -> false;
        };
    }

    private void waitForTheClientToGo() throws IOException {
        socket.setSoTimeout(0);
        socket.getInputStream().transferTo(OutputStream.nullOutputStream()); // whatever it says now gets no answer
    }
}
