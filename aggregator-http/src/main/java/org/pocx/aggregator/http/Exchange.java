package org.pocx.aggregator.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A request and its response, as used by handlers. Owned by its connection's thread. */
final class Exchange extends HttpExchange {
    private final RequestHead head;
    private final RequestBody body;
    private final ResponseWriter answer;
    private final HttpContext context;
    private final DeadlineSocket socket;
    private final HttpDate date;
    private final BooleanSupplier stopping;
    private final Headers answerFields = new Headers();
    private final Map<String, Object> attributes = new HashMap<>();
    private InputStream in;
    private OutputStream out;
    private @Nullable HttpPrincipal principal;
    private int code = -1;
    private boolean closes;

    Exchange(
            RequestHead head,
            RequestBody body,
            ResponseWriter answer,
            HttpContext context,
            DeadlineSocket socket,
            HttpDate date,
            BooleanSupplier stopping) {
        this.head = head;
        this.body = body;
        this.answer = answer;
        this.context = context;
        this.socket = socket;
        this.date = date;
        this.stopping = stopping;
        in = body;
        out = answer;
    }

    @Override
    public void sendResponseHeaders(int code, long length) throws IOException {
        if (answer.begun()) {
            throw new IOException("the response has already begun");
        }
        this.code = code;
        boolean wishedByHandler = "close".equalsIgnoreCase(answerFields.getFirst("Connection"));
        boolean endsByClosing = length == 0 && !head.modern();
        closes = wishedByHandler || endsByClosing || !head.keepAlive() || stopping.getAsBoolean();
        if (closes) {
            answerFields.set("Connection", "close");
        } else if (!head.modern()) {
            answerFields.set("Connection", "keep-alive");
        }
        answerFields.set("Date", date.text());
        answer.begin(code, length, answerFields);
        if (length < 0) {
            answer.close();
        }
    }

    /** Notices that the peer disconnects before the response. */
    void watch(Runnable gone) throws IOException {
        if (body.ended()) {
            socket.in().watch(gone);
        }
    }

    /** Whether the response announces that the connection will be closed. */
    boolean closes() {
        return closes;
    }

    @Override
    public void close() {
        try {
            body.close();
            answer.close();
        } catch (IOException gone) {
            socket.cut();
        }
    }

    @Override
    public Headers getRequestHeaders() {
        return head.fields();
    }

    @Override
    public Headers getResponseHeaders() {
        return answerFields;
    }

    @Override
    public URI getRequestURI() {
        return head.uri();
    }

    @Override
    public String getRequestMethod() {
        return head.method();
    }

    @Override
    public HttpContext getHttpContext() {
        return context;
    }

    @Override
    public InputStream getRequestBody() {
        return in;
    }

    @Override
    public OutputStream getResponseBody() {
        return out;
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return socket.remote();
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        return socket.local();
    }

    @Override
    public int getResponseCode() {
        return code;
    }

    @Override
    public String getProtocol() {
        return head.protocol();
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
    }

    @Override
    public void setStreams(@Nullable InputStream in, @Nullable OutputStream out) {
        this.in = in == null ? this.in : in;
        this.out = out == null ? this.out : out;
    }

    @Override
    public @Nullable HttpPrincipal getPrincipal() {
        return principal;
    }

    void setPrincipal(HttpPrincipal principal) {
        this.principal = principal;
    }
}
