package org.pocx.aggregator.http;

import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads request lines and header fields (RFC 9112). It rejects everything that different programs could interpret
 * differently: if a proxy before this server saw another end of a request, one client could insert data into the
 * requests of another (request smuggling).
 */
final class HeadReader {
    private static final int FIELD_OVERHEAD = 32;
    private static final int MAX_LENGTH_DIGITS = 15;
    private static final String CHUNKED = "chunked";
    private static final Pattern VERSION = Pattern.compile("HTTP/[0-9]\\.[0-9]");
    private static final int MAJOR = "HTTP/".length();
    private static final int MINOR = MAJOR + 2;
    private static final boolean[] TOKEN = tokenCharacters();

    /** The syntax of a host and an optional port (RFC 3986, 3.2.2 and 3.2.3). The host may be empty. */
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=%-]*(?::[0-9]*)?|\\[[A-Za-z0-9:.%]+](?::[0-9]*)?");

    private final RequestInput in;
    private final int mostFields;
    private int left;

    private HeadReader(RequestInput in, EngineLimits limits) {
        this.in = in;
        this.left = limits.headBytes();
        this.mostFields = limits.fields();
    }

    /**
     * Reads one head.
     *
     * @param limits the limits of the head
     * @throws HttpStatusException if the head is invalid
     */
    static RequestHead read(RequestInput in, EngineLimits limits) throws IOException {
        return new HeadReader(in, limits).read();
    }

    private RequestHead read() throws IOException {
        String line = requestLine();
        int first = line.indexOf(' ');
        int second = line.indexOf(' ', first + 1);
        if (second < 0 || line.indexOf(' ', second + 1) >= 0 || !isToken(line, first)) {
            throw bad("invalid request line");
        }
        String method = line.substring(0, first);
        boolean modern = modern(line.substring(second + 1));
        RequestTarget target = RequestTarget.parse(method, line.substring(first + 1, second));
        Headers fields = fields();
        checkHost(fields.get("Host"), modern);
        target.host().ifPresent(host -> fields.set("Host", host)); // RFC 9112, 3.2.2
        return new RequestHead(method, target.uri(), target.path(), modern, fields, bodyLength(fields, modern));
    }

    private String requestLine() throws IOException {
        try {
            String line = line();
            while (line.isEmpty()) {
                line = line(); // RFC 9112, 2.2: some clients send a line end after a body
            }
            return line;
        } catch (HttpStatusException tooLong) {
            throw new HttpStatusException(414, "the request line is too long");
        }
    }

    private String line() throws IOException {
        String line = in.line(left);
        left -= Math.max(1, line.length());
        if (left <= 0) {
            throw RequestInput.tooLong();
        }
        return line;
    }

    /** A higher minor version is read as HTTP/1.1 (RFC 9110, 2.5). */
    private static boolean modern(String version) throws HttpStatusException {
        if (!VERSION.matcher(version).matches()) {
            throw bad("invalid request line");
        }
        if (version.charAt(MAJOR) != '1') {
            throw new HttpStatusException(505, "this HTTP version is not supported");
        }
        return version.charAt(MINOR) != '0';
    }

    private Headers fields() throws IOException {
        Headers fields = new Headers();
        int count = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            left -= FIELD_OVERHEAD;
            if (++count > mostFields) {
                throw RequestInput.tooLong();
            }
            int colon = colon(line);
            fields.add(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return fields;
    }

    /**
     * Checks a field line.
     *
     * @return the index of its colon
     * @throws HttpStatusException with status 400 if the field line is invalid
     */
    static int colon(String line) throws HttpStatusException {
        int colon = line.indexOf(':');
        if (!isToken(line, colon)) {
            throw bad("invalid header field");
        }
        rejectControls(line);
        return colon;
    }

    /** Rejects control characters except tabs. */
    static void rejectControls(String line) throws HttpStatusException {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                throw bad("a control character");
            }
        }
    }

    /**
     * Checks the Host field (RFC 9112, 3.2), because programs interpret requests with two hosts or none differently.
     */
    private static void checkHost(@Nullable List<String> hosts, boolean modern) throws HttpStatusException {
        if (hosts == null) {
            if (modern) {
                throw bad("missing Host header field");
            }
        } else if (hosts.size() != 1 || !isHost(hosts.get(0))) {
            throw bad("more than one or an invalid Host header field");
        }
    }

    /** Whether the text is a host with an optional port. It may be empty. */
    static boolean isHost(String text) {
        return HOST.matcher(text).matches();
    }

    private static long bodyLength(Headers fields, boolean modern) throws HttpStatusException {
        @Nullable List<String> codings = fields.get("Transfer-Encoding");
        @Nullable List<String> lengths = fields.get("Content-Length");
        if (fields.containsKey("Expect") && !"100-continue".equalsIgnoreCase(fields.getFirst("Expect"))) {
            throw new HttpStatusException(417, "only the expectation 100-continue is supported");
        }
        if (codings == null) {
            return lengths == null ? 0 : length(lengths);
        }
        if (lengths != null || !modern) {
            throw bad("conflicting lengths of the body");
        }
        checkCodings(String.join(",", codings));
        return RequestHead.CHUNKED;
    }

    /** Checks that the last coding is chunked (RFC 9112, 6.3); otherwise the end of the body is unknown. */
    private static void checkCodings(String codings) throws HttpStatusException {
        String last = codings.substring(codings.lastIndexOf(',') + 1).strip();
        if (!last.equalsIgnoreCase(CHUNKED)) {
            throw bad("a transfer coding that does not end with chunked");
        }
        if (!codings.equalsIgnoreCase(CHUNKED)) {
            throw new HttpStatusException(501, "only the transfer coding chunked is supported");
        }
    }

    private static long length(List<String> lengths) throws HttpStatusException {
        String digits = lengths.get(0);
        boolean number = isNumber(digits);
        if (lengths.size() != 1 || !number) {
            throw bad("invalid Content-Length");
        }
        return digits.length() > MAX_LENGTH_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Whether the part of the text is a non-empty token. */
    private static boolean isToken(String text, int end) {
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c >= TOKEN.length || !TOKEN[c]) {
                return false;
            }
        }
        return end > 0;
    }

    private static boolean[] tokenCharacters() {
        boolean[] allowed = new boolean[128];
        "!#$%&'*+-.^_`|~".chars().forEach(c -> allowed[c] = true);
        for (char c = '0'; c <= 'z'; c++) {
            allowed[c] |= Character.isLetterOrDigit(c);
        }
        return allowed;
    }

    static HttpStatusException bad(String words) {
        return new HttpStatusException(400, words);
    }
}
