package org.pocx.aggregator.protocol.client;

import java.util.Optional;

/**
 * An HTTP answer, read to its end.
 *
 * @param retryAfter the header of that name
 * @param location the header of that name
 * @param encoding the header Content-Encoding
 * @param body not copied, and compared by nobody
 */
@SuppressWarnings("ArrayRecordComponent")
record HttpAnswer(
        int status, Optional<String> retryAfter, Optional<String> location, Optional<String> encoding, byte[] body) {
    /** An answer without headers of interest. */
    HttpAnswer(int status, byte[] body) {
        this(status, Optional.empty(), Optional.empty(), Optional.empty(), body);
    }

    HttpAnswer withBody(byte[] other) {
        return new HttpAnswer(status, retryAfter, location, encoding, other);
    }
}
