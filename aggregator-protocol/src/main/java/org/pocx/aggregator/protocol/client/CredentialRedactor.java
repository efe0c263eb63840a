package org.pocx.aggregator.protocol.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponse;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponses;

/**
 * Removes our own credentials from the responses of an upstream. Some upstreams repeat the request in their error messages,
 * and these appear in logs, on pages and in responses to miners.
 */
final class CredentialRedactor {
    private static final String MASK = "********";

    /** Shorter secrets would also match unrelated text. */
    private static final int MIN_CHARS = 4;

    private CredentialRedactor() {}

    /** @param authorization the header's value that was sent; empty when no header was sent */
    static UpstreamResponse redact(UpstreamResponse response, String authorization) {
        String text = new String(response.body(), StandardCharsets.ISO_8859_1);
        String redacted = text;
        for (String secret : secrets(authorization)) {
            redacted = redacted.replace(secret, MASK);
        }
        boolean found = !redacted.equals(text);
        // A result contains numbers and hashes, of which a numeric password may be a part. Results are not shown anywhere.
        return found && !(RpcResponses.parse(response.body()) instanceof RpcResponse.Result)
                ? response.withBody(redacted.getBytes(StandardCharsets.ISO_8859_1))
                : response;
    }

    private static List<String> secrets(String authorization) {
        int space = authorization.indexOf(' ');
        List<String> secrets = new ArrayList<>();
        secrets.add(authorization.substring(space + 1));
        if (authorization.startsWith("Basic ")) {
            String login = new String(
                    Base64.getDecoder().decode(authorization.substring(space + 1)), StandardCharsets.ISO_8859_1);
            secrets.add(login.substring(login.indexOf(':') + 1));
        }
        secrets.removeIf(secret -> secret.length() < MIN_CHARS);
        return secrets;
    }
}
