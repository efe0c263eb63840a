package org.pocx.aggregator.http.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The head of a request of the client.
 *
 * @param target the request target as it was sent
 * @param fields the header fields, one line each, in their order
 */
record RelayedHead(String method, String target, List<String> fields) {
    private static final int MAX_BYTES = 64 * 1024;

    RelayedHead {
        fields = List.copyOf(fields);
    }

    /** Reads a head; empty at the end of the connection. */
    static Optional<RelayedHead> read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int lineLength = 0;
        while (bytes.size() < MAX_BYTES) {
            int next = in.read();
            if (next < 0 && bytes.size() == 0) {
                return Optional.empty();
            }
            if (next < 0) {
                throw new EOFException("the connection ended within a head");
            }
            bytes.write(next);
            if (next == '\n' && lineLength == 0) {
                return Optional.of(parse(bytes.toString(ISO_8859_1)));
            }
            lineLength = next == '\n' ? 0 : next == '\r' ? lineLength : lineLength + 1;
        }
        throw new ProtocolException("the head is too long");
    }

    private static RelayedHead parse(String head) throws ProtocolException {
        List<String> lines = head.lines().filter(line -> !line.isEmpty()).toList();
        String[] words = lines.isEmpty() ? new String[0] : lines.getFirst().split(" ", -1);
        if (words.length != 3) {
            throw new ProtocolException("not a request");
        }
        return new RelayedHead(words[0], words[1], lines.subList(1, lines.size()));
    }

    boolean isConnect() {
        return method.equals("CONNECT");
    }

    /** Returns the first value of a field. */
    Optional<String> field(String name) {
        return fields.stream()
                .filter(line -> isField(line, name))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    /** Returns the length of the body. */
    long bodyLength() throws ProtocolException {
        if (field("Transfer-Encoding").isPresent()) {
            throw new ProtocolException("the length of the body is unknown");
        }
        String length = field("Content-Length").orElse("0");
        if (!length.matches("[0-9]{1,18}")) {
            throw new ProtocolException("the length of the body is not a number");
        }
        return Long.parseLong(length);
    }

    static boolean isField(String line, String name) {
        return line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":");
    }
}
