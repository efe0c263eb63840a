package org.pocx.aggregator.simulator.node;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import org.pocx.aggregator.simulator.http.HttpAnswers;
import org.pocx.aggregator.simulator.http.HttpMessage;
import org.pocx.aggregator.simulator.http.HttpReader;

/** A connection to a server. The thread that runs it serves one request after the other. */
final class NodeConnection {
    /** A node closes a connection that has been idle for this time. */
    private static final Duration MAX_IDLE = Duration.ofSeconds(30);

    private final Socket socket;
    private final NodeEndpoint endpoint;

    NodeConnection(Socket socket, NodeEndpoint endpoint) {
        this.socket = socket;
        this.endpoint = endpoint;
    }

    /** Serves requests until one side closes the connection, or it fails. */
    void serve() {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) MAX_IDLE.toMillis());
            HttpReader reader = new HttpReader(socket.getInputStream());
            Optional<HttpMessage> request = reader.read();
            while (request.isPresent() && serve(request.get())) {
                request = reader.read();
            }
        } catch (IOException e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server stops
        }
    }

    /** Serves a request; returns whether the connection stays open. */
    private boolean serve(HttpMessage request) throws IOException, InterruptedException {
        OutputStream out = socket.getOutputStream();
        return switch (endpoint.handle(request)) {
            case NodeResponse.Http http -> {
                boolean last = request.isLast();
                out.write(HttpAnswers.render(http.status(), http.contentType(), http.headers(), http.body(), last));
                yield !last;
            }
            case NodeResponse.Raw raw -> {
                out.write(raw.bytes());
                yield false;
            }
            case NodeResponse.Hang hang -> {
                socket.setSoTimeout(0);
                socket.getInputStream().transferTo(OutputStream.nullOutputStream()); // until the client closes
                yield false;
            }
            case NodeResponse.Reset reset -> {
                socket.setSoLinger(true, 0);
                yield false;
            }
            case NodeResponse.Close close -> false;
        };
    }
}
