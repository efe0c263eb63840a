package org.pocx.aggregator.simulator.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads HTTP/1.1 messages from a connection, one after the other. Bodies come with a Content-Length or in chunks; a
 * message without either has none.
 *
 * <p>For one thread.
 */
public final class HttpReader {
    private static final int MAX_LINE = 16 * 1024;
    private static final int MAX_HEADERS = 100;
    private static final int MAX_BODY = 16 * 1024 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[4096];
    private int position;
    private int limit;

    /** @param in unbuffered: this reader has a buffer of its own */
    public HttpReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next message; empty when the peer has closed the connection before its first byte.
     *
     * @throws EOFException when the connection ends within a message
     * @throws ProtocolException when what comes is not HTTP, or beyond bounds
     */
    public Optional<HttpMessage> read() throws IOException {
        if (position == limit && !fill()) {
            return Optional.empty();
        }
        String startLine = readLine();
        Map<String, String> headers = readHeaders();
        return Optional.of(new HttpMessage(startLine, headers, readBody(headers)));
    }

    private Map<String, String> readHeaders() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i < MAX_HEADERS; i++) {
            String line = readLine();
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new ProtocolException("not a header line");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        throw new ProtocolException("too many headers");
    }

    private byte[] readBody(Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return readChunks();
        }
        String length = headers.get("content-length");
        return length == null ? new byte[0] : readBytes(number(length, 10));
    }

    private byte[] readChunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = readChunkSize(); size > 0; size = readChunkSize()) {
            body.write(readBytes(size));
            if (!readLine().isEmpty() || body.size() > MAX_BODY) {
                throw new ProtocolException("not a chunk");
            }
        }
        readHeaders(); // trailers, which say nothing that matters here
        return body.toByteArray();
    }

    private int readChunkSize() throws IOException {
        String line = readLine();
        int extension = line.indexOf(';');
        return number(extension < 0 ? line : line.substring(0, extension), 16);
    }

    private static int number(String text, int radix) throws ProtocolException {
        try {
            int number = Integer.parseInt(text.strip(), radix);
            if (number >= 0 && number <= MAX_BODY) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new ProtocolException("not a length");
        }
        throw new ProtocolException("too long");
    }

    private byte[] readBytes(int count) throws IOException {
        byte[] bytes = new byte[count];
        for (int done = 0; done < count;) {
            require();
            int part = Math.min(count - done, limit - position);
            System.arraycopy(buffer, position, bytes, done, part);
            position += part;
            done += part;
        }
        return bytes;
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder(64);
        while (line.length() < MAX_LINE) {
            require();
            int start = position;
            while (position < limit && buffer[position] != '\n') {
                position++;
            }
            line.append(new String(buffer, start, position - start, StandardCharsets.ISO_8859_1));
            if (position < limit) {
                position++;
                int length = line.length();
                return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
            }
        }
        throw new ProtocolException("line too long");
    }

    private void require() throws IOException {
        if (position == limit && !fill()) {
            throw new EOFException("the connection ended within a message");
        }
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }
}
