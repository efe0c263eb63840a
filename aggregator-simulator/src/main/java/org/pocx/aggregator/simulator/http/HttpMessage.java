package org.pocx.aggregator.simulator.http;

import java.util.Map;
import java.util.Optional;

/**
 * A request or an answer as it was read.
 *
 * @param startLine the first line: the request line or the status line
 * @param headers by name in lower case; of a name that came twice, the last value
 * @param body with transfer coding taken off; not copied, so not to be written to
 */
@SuppressWarnings("ArrayRecordComponent")
public record HttpMessage(String startLine, Map<String, String> headers, byte[] body) {

    /** A header's value by its name in lower case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** A word of the start line, counted from 0; empty where there are not so many. */
    public String word(int index) {
        String[] words = startLine.split(" ", -1);
        return index < words.length ? words[index] : "";
    }

    /** Whether the sender wants the connection to end with this message. */
    public boolean isLast() {
        return header("connection").map("close"::equalsIgnoreCase).orElse(false);
    }
}
