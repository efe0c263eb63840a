package org.pocx.aggregator.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** Notices that a client disconnects while its request waits for an answer. */
public final class Disconnection {
    private Disconnection() {}

    /**
     * Watches the client from now on until it sends something, such as its next request. To be called when the body has been read;
     * a client that has already sent its next request is not watched. On another engine than {@link HttpEngine} nothing is
     * noticed.
     *
     * @param exchange without a response
     * @param gone called at most once, by another thread, when the client has disconnected or finished sending; short. It may be
     *     called after the response
     * @throws IOException if the connection cannot be read
     */
    public static void watch(HttpExchange exchange, Runnable gone) throws IOException {
        if (exchange instanceof Exchange ours) {
            ours.watch(gone);
        }
    }
}
