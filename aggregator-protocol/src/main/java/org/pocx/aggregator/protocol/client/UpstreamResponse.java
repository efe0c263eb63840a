package org.pocx.aggregator.protocol.client;

import java.util.Optional;

/**
 * An HTTP response with its complete body.
 *
 * @param retryAfter the header Retry-After
 * @param location the header Location
 * @param encoding the header Content-Encoding
 * @param waited whether the header Preference-Applied says that the upstream answers a nonce when it has a verdict
 * @param body not copied, and not compared by {@code equals}
 */
@SuppressWarnings("ArrayRecordComponent")
record UpstreamResponse(
        int status, Optional<String> retryAfter, Optional<String> location, Optional<String> encoding, boolean waited,
        byte[] body) {
    /** A response without these headers. */
    UpstreamResponse(int status, byte[] body) {
        this(status, Optional.empty(), Optional.empty(), Optional.empty(), false, body);
    }

    UpstreamResponse withBody(byte[] other) {
        return new UpstreamResponse(status, retryAfter, location, encoding, waited, other);
    }
}
