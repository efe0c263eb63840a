package org.pocx.aggregator.protocol.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.pocx.aggregator.protocol.jsonrpc.RpcAnswer;
import org.pocx.aggregator.protocol.jsonrpc.RpcAnswers;

/**
 * Takes our own credentials out of what an upstream answers: some echo the request in their errors, and errors reach
 * logs, pages and miners.
 */
final class Redaction {
    private static final String MASK = "********";

    /** Shorter ones would be found in words that have nothing to do with them. */
    private static final int LEAST_CHARS = 4;

    private Redaction() {}

    /** @param authorization the header's value that was sent; empty for none */
    static HttpAnswer apply(HttpAnswer answer, String authorization) {
        String text = new String(answer.body(), StandardCharsets.ISO_8859_1);
        String redacted = text;
        for (String secret : secrets(authorization)) {
            redacted = redacted.replace(secret, MASK);
        }
        boolean found = !redacted.equals(text);
        // A result is numbers and hashes: a password of digits may well be part of one, and none of them is shown.
        return found && !(RpcAnswers.parse(answer.body()) instanceof RpcAnswer.Result)
                ? answer.withBody(redacted.getBytes(StandardCharsets.ISO_8859_1))
                : answer;
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
        secrets.removeIf(secret -> secret.length() < LEAST_CHARS);
        return secrets;
    }
}
