package org.pocx.aggregator.protocol.client;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says why TLS with the upstream failed, and what to do: the JDK's own words name its classes. */
final class TlsFault {
    private static final int MAX_CAUSES = 10;

    private static final String NOT_TRUSTED =
            "its certificate is signed by nobody whom this Java trusts; if it is one of your own, put it into a trust store"
                    + " and name that by -Djavax.net.ssl.trustStore";

    private TlsFault() {}

    /** One line, without the upstream's name. */
    static String words(SSLException failure) {
        @Nullable Throwable cause = failure;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            String known = known(cause);
            if (known != null) {
                return "TLS failed: " + known;
            }
            cause = cause.getCause();
        }
        return "TLS failed: " + message(failure);
    }

    private static @Nullable String known(Throwable cause) {
        return switch (cause) {
            case CertificateExpiredException expired ->
                "its certificate has expired (" + message(expired)
                        + "): it must be renewed there, unless this machine's clock is wrong";
            case CertificateNotYetValidException early ->
                "its certificate is not valid yet (" + message(early) + "): check this machine's clock";
            case CertPathBuilderException unknown -> NOT_TRUSTED;
            // An authority of the same name is trusted, and is another one.
            case CertPathValidatorException other when other.getReason() == BasicReason.INVALID_SIGNATURE ->
                NOT_TRUSTED;
            case CertificateException other when isAboutTheName(message(other)) ->
                "its certificate is for another host than upstream.url names (" + message(other) + ")";
            default -> null;
        };
    }

    /** The JDK has no type of its own for it. */
    private static boolean isAboutTheName(String message) {
        return message.startsWith("No subject alternative") || message.startsWith("No name matching");
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return UpstreamText.clean(message == null ? failure.getClass().getSimpleName() : message);
    }
}
