package org.pocx.aggregator.protocol.tls;

import com.sun.net.httpserver.HttpsConfigurator;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * Configures a server's TLS from files that may be replaced at any time. A changed file is detected within a few seconds,
 * and new connections use the new certificate. If the changed files are invalid, it logs a warning and keeps the current
 * certificate.
 *
 * <p>Thread-safe: the context is a volatile reference, and the monitor guards the state of the files. Its own thread checks
 * the files until {@link #close()}.
 */
public final class ReloadingHttpsConfigurator extends HttpsConfigurator implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ReloadingHttpsConfigurator.class.getName());
    private static final long CHECK_MILLIS = 1_000;

    private final String purpose;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile SSLContext current;
    private TlsFiles files;
    private List<Object> loadedState;
    private List<Object> lastState;

    private ReloadingHttpsConfigurator(String purpose, TlsFiles files, SSLContext context, List<Object> state) {
        super(context);
        this.purpose = purpose;
        this.files = files;
        this.current = context;
        this.loadedState = state;
        this.lastState = state;
    }

    /**
     * Reads the files, and checks them for changes from then on.
     *
     * @param purpose the server's name in the log
     * @param files checked for changes until {@link #close()}
     * @return a configurator that provides the certificate that was loaded last
     * @throws TlsException when the files contain no usable certificate and key
     */
    public static ReloadingHttpsConfigurator open(String purpose, TlsFiles files) throws TlsException {
        List<Object> state = state(files); // before reading, so that a change during reading is detected
        ReloadingHttpsConfigurator tls = new ReloadingHttpsConfigurator(purpose, files, context(files), state);
        Thread.ofPlatform().daemon().name("tls-files").start(tls::watch);
        return tls;
    }

    /**
     * Checks that the files can be used; does not load them.
     *
     * @param files the files to check
     * @throws TlsException when the files contain no usable certificate and key
     */
    public static void check(TlsFiles files) throws TlsException {
        CertificateAndKeyReader.read(files);
    }

    private static SSLContext context(TlsFiles files) throws TlsException {
        try {
            return CertificateAndKeyReader.read(files).sslContext();
        } catch (GeneralSecurityException unusable) {
            throw new TlsException("the certificate cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    /** Returns the context for new connections. */
    @Override
    public SSLContext getSSLContext() {
        return current;
    }

    /**
     * Reads the given files now, whether they have changed or not. If they are invalid, it logs a warning and keeps the
     * current certificate.
     *
     * @param changed the files to check from now on
     */
    public synchronized void reload(TlsFiles changed) {
        files = changed;
        load(state(changed));
    }

    private void watch() {
        try {
            while (!closed.await(CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
                checkForChanges();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Loads changed files once they have not changed since the previous check, because a certificate and its key are
     * replaced one after the other.
     */
    synchronized void checkForChanges() {
        List<Object> state = state(files);
        boolean stable = state.equals(lastState);
        lastState = state;
        if (stable && !state.equals(loadedState)) {
            load(state);
        }
    }

    private void load(List<Object> state) {
        loadedState = state;
        lastState = state;
        try {
            current = context(files);
            LOG.log(Level.INFO, "Loaded the TLS files of " + purpose);
        } catch (TlsException unusable) {
            LOG.log(
                    Level.WARNING,
                    "Cannot reload the TLS files of " + purpose + ": " + unusable.getMessage()
                            + ". Keeping the current certificate.");
        }
    }

    private static List<Object> state(TlsFiles files) {
        List<Object> state = new ArrayList<>();
        for (Path path : files.paths()) {
            try {
                BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
                state.add(List.of(file.lastModifiedTime(), file.size(), String.valueOf(file.fileKey())));
            } catch (IOException missing) {
                state.add("missing");
            }
        }
        return state;
    }

    /** Stops checking the files. Idempotent. */
    @Override
    public void close() {
        closed.countDown();
    }
}
