package org.pocx.aggregator.http;

import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes the response to one request: its head and a body of known length, in chunks, or no body. Uses as few writes as
 * possible; a small response needs one. Owned by its connection's thread.
 */
final class ResponseWriter extends OutputStream {
    private static final int GATHERED_BYTES = 16 * 1024;
    private static final int SMALL_BYTES = 1024;
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};

    private final DeadlineSocket socket;
    private final RequestHead request;
    private byte[] gathered = new byte[SMALL_BYTES];
    private int size;
    private Form form = Form.NOT_BEGUN;
    private long left;
    private boolean finished;

    private enum Form {
        NOT_BEGUN,
        NONE,
        OF_LENGTH,
        CHUNKED,
        UNTIL_CLOSE
    }

    ResponseWriter(DeadlineSocket socket, RequestHead request) {
        this.socket = socket;
        this.request = request;
    }

    boolean begun() {
        return form != Form.NOT_BEGUN;
    }

    /**
     * Begins the response; the length is as defined by {@link com.sun.net.httpserver.HttpExchange#sendResponseHeaders}.
     *
     * @return whether the end of the response is marked only by closing the connection
     */
    boolean begin(int code, long length, Headers fields) {
        if (begun()) {
            throw new IllegalStateException("the response has already begun");
        }
        boolean bodiless = length < 0 || request.isHead() || code == 204 || code == 304 || code < 200;
        left = Math.max(0, length);
        if (bodiless) {
            form = Form.NONE;
        } else if (length > 0) {
            form = Form.OF_LENGTH;
        } else {
            form = request.modern() ? Form.CHUNKED : Form.UNTIL_CLOSE;
        }
        head(code, length, fields);
        return form == Form.UNTIL_CLOSE;
    }

    private void head(int code, long length, Headers fields) {
        StringBuilder head = new StringBuilder(256).append("HTTP/1.1 ").append(Status.line(code)).append("\r\n");
        if (form == Form.CHUNKED) {
            fields.set("Transfer-Encoding", "chunked");
        } else if (form == Form.OF_LENGTH || (length > 0 && form == Form.NONE)) {
            fields.set("Content-Length", Long.toString(length));
        } else if (form == Form.NONE && code >= 200 && code != 204 && code != 304 && !request.isHead()) {
            fields.set("Content-Length", "0");
        }
        for (Map.Entry<String, List<String>> field : fields.entrySet()) {
            for (String value : field.getValue()) {
                head.append(field.getKey()).append(": ").append(value).append("\r\n");
            }
        }
        byte[] bytes = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        gather(bytes, 0, bytes.length);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return;
        }
        if (finished || !begun()) {
            throw new IOException("the response has " + (finished ? "ended" : "not begun"));
        }
        switch (form) {
            case NOT_BEGUN, NONE -> {}
            case OF_LENGTH -> {
                if (length > left) {
                    throw new IOException("more bytes than were announced");
                }
                left -= length;
                put(bytes, offset, length);
            }
            case UNTIL_CLOSE -> put(bytes, offset, length);
            case CHUNKED -> {
                byte[] line = (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
                put(line, 0, line.length);
                put(bytes, offset, length);
                put(LINE_END, 0, LINE_END.length);
            }
        }
    }

    private void put(byte[] bytes, int offset, int length) throws IOException {
        if (size + length > GATHERED_BYTES) {
            send();
        }
        if (length > GATHERED_BYTES) {
            socket.write(bytes, offset, length);
        } else {
            gather(bytes, offset, length);
        }
    }

    private void gather(byte[] bytes, int offset, int length) {
        if (size + length > gathered.length) {
            gathered = Arrays.copyOf(gathered, Math.max(size + length, 2 * gathered.length));
        }
        System.arraycopy(bytes, offset, gathered, size, length);
        size += length;
    }

    private void send() throws IOException {
        int all = size;
        size = 0;
        socket.write(gathered, 0, all);
    }

    @Override
    public void flush() throws IOException {
        if (begun() && !finished) {
            send();
        }
    }

    /** Ends a complete body. An incomplete one is not ended, and the connection will be closed. */
    @Override
    public void close() throws IOException {
        if (finished || !begun()) {
            return;
        }
        if (form == Form.CHUNKED) {
            put(LAST_CHUNK, 0, LAST_CHUNK.length);
        }
        send();
        finished = form != Form.OF_LENGTH || left == 0;
    }

    /** Ends the response. Returns false if it has not begun or is incomplete. */
    boolean finish() throws IOException {
        close();
        return finished;
    }
}
