package org.pocx.aggregator.protocol.client;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Describes for an operator why TLS with the upstream failed and what to do. The JDK's messages name its classes only. */
final class TlsFailureMessage {
    private static final int MAX_CAUSES = 10;

    private static final String NOT_TRUSTED =
            "its certificate is not signed by an authority that this JVM trusts; if it is your own certificate, add it to a"
                    + " trust store and set -Djavax.net.ssl.trustStore";

    private TlsFailureMessage() {}

    /** Returns one line, without the upstream's name. */
    static String of(SSLException failure) {
        @Nullable Throwable cause = failure;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            String known = describe(cause);
            if (known != null) {
                return "TLS failed: " + known;
            }
            cause = cause.getCause();
        }
        return "TLS failed: " + MessageSanitizer.sanitize(failure);
    }

    private static @Nullable String describe(Throwable cause) {
        return switch (cause) {
            case CertificateExpiredException expired ->
                "its certificate has expired (" + MessageSanitizer.sanitize(expired)
                        + "): the upstream has to renew it, unless this machine's clock is wrong";
            case CertificateNotYetValidException early ->
                "its certificate is not valid yet (" + MessageSanitizer.sanitize(early)
                        + "): check this machine's clock";
            case CertPathBuilderException unknown -> NOT_TRUSTED;
            // A different authority with the same name is trusted.
            case CertPathValidatorException other when other.getReason() == BasicReason.INVALID_SIGNATURE ->
                NOT_TRUSTED;
            case CertificateException other when isHostMismatch(MessageSanitizer.sanitize(other)) ->
                "its certificate is not valid for the host in upstream.url (" + MessageSanitizer.sanitize(other) + ")";
            default -> null;
        };
    }

    /** The JDK has no exception type for this. */
    private static boolean isHostMismatch(String message) {
        return message.startsWith("No subject alternative") || message.startsWith("No name matching");
    }
}
