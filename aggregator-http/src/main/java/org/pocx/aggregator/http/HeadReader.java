package org.pocx.aggregator.http;

import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads request lines and header fields (RFC 9112), and refuses whatever two programs could read in two ways: a reader
 * before us that sees another end of a request would let one client write into another's requests.
 */
final class HeadReader {
    private static final int FIELD_OVERHEAD = 32;
    private static final int MAX_LENGTH_DIGITS = 15;
    private static final String CHUNKED = "chunked";
    private static final Pattern VERSION = Pattern.compile("HTTP/[0-9]\\.[0-9]");
    private static final int MAJOR = "HTTP/".length();
    private static final int MINOR = MAJOR + 2;
    private static final boolean[] TOKEN = tokenCharacters();

    /** What a host and a port may consist of (RFC 3986, 3.2.2 and 3.2.3). It may be empty. */
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
     * @param limits how long it may be
     * @throws HttpStatusException when it is none
     */
    static RequestHead read(RequestInput in, EngineLimits limits) throws IOException {
        return new HeadReader(in, limits).read();
    }

    private RequestHead read() throws IOException {
        String line = requestLine();
        int first = line.indexOf(' ');
        int second = line.indexOf(' ', first + 1);
        if (second < 0 || line.indexOf(' ', second + 1) >= 0 || !isToken(line, first)) {
            throw bad("no request line");
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
            throw bad("no request line");
        }
        if (version.charAt(MAJOR) != '1') {
            throw new HttpStatusException(505, "this version is not spoken here");
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
     * @return where its colon is
     * @throws HttpStatusException with status 400 when it is no field line
     */
    static int colon(String line) throws HttpStatusException {
        int colon = line.indexOf(':');
        if (!isToken(line, colon)) {
            throw bad("no field");
        }
        rejectControls(line);
        return colon;
    }

    /** Rejects what is neither visible nor a tab. */
    static void rejectControls(String line) throws HttpStatusException {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                throw bad("a control character");
            }
        }
    }

    /** RFC 9112, 3.2: a request for two hosts, or for none, is read differently by different programs. */
    private static void checkHost(@Nullable List<String> hosts, boolean modern) throws HttpStatusException {
        if (hosts == null) {
            if (modern) {
                throw bad("no Host header field");
            }
        } else if (hosts.size() != 1 || !isHost(hosts.get(0))) {
            throw bad("not one valid Host header field");
        }
    }

    /** Whether it is a host, with a port or without; it may be empty. */
    static boolean isHost(String text) {
        return HOST.matcher(text).matches();
    }

    private static long bodyLength(Headers fields, boolean modern) throws HttpStatusException {
        @Nullable List<String> codings = fields.get("Transfer-Encoding");
        @Nullable List<String> lengths = fields.get("Content-Length");
        if (fields.containsKey("Expect") && !"100-continue".equalsIgnoreCase(fields.getFirst("Expect"))) {
            throw new HttpStatusException(417, "nothing but 100-continue can be expected");
        }
        if (codings == null) {
            return lengths == null ? 0 : length(lengths);
        }
        if (lengths != null || !modern) {
            throw bad("two lengths of one body");
        }
        checkCodings(String.join(",", codings));
        return RequestHead.CHUNKED;
    }

    /** RFC 9112, 6.3: without chunked at the end nobody knows where the body ends. */
    private static void checkCodings(String codings) throws HttpStatusException {
        String last = codings.substring(codings.lastIndexOf(',') + 1).strip();
        if (!last.equalsIgnoreCase(CHUNKED)) {
            throw bad("a transfer coding that does not end with chunked");
        }
        if (!codings.equalsIgnoreCase(CHUNKED)) {
            throw new HttpStatusException(501, "no transfer coding but chunked");
        }
    }

    private static long length(List<String> lengths) throws HttpStatusException {
        String digits = lengths.get(0);
        boolean number = isNumber(digits);
        if (lengths.size() != 1 || !number) {
            throw bad("no Content-Length");
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

    /** Whether the part of the text is a token, and no empty one. */
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
