package org.pocx.aggregator.protocol.jsonrpc;

import java.util.OptionalLong;
import org.pocx.aggregator.core.upstream.UpstreamMessage;

/**
 * The code of a JSON-RPC error as the {@linkplain UpstreamMessage#reference() reference} of the upstream's message: its decimal
 * digits, such as {@code -8}.
 */
public final class ErrorReference {
    private ErrorReference() {}

    /**
     * Returns the message of a JSON-RPC error.
     *
     * @param code its code
     * @param text its message, one line; may be empty
     * @return the message, which refers to the code
     */
    public static UpstreamMessage message(long code, String text) {
        return new UpstreamMessage(text, Long.toString(code));
    }

    /**
     * Returns the code that a message refers to.
     *
     * @param message of any upstream
     * @return the code; empty when the upstream named none, or another kind of adapter wrote the message
     */
    public static OptionalLong code(UpstreamMessage message) {
        try {
            return OptionalLong.of(Long.parseLong(message.reference()));
        } catch (NumberFormatException noCode) {
            return OptionalLong.empty();
        }
    }
}
