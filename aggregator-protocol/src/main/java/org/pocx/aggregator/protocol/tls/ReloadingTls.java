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
 * The TLS of a server, taken from files that may be replaced at any time: a changed file is noticed within a few
 * seconds, and new connections get the new certificate. Files that are of no use leave the old one in place, with a
 * warning.
 *
 * <p>Thread-safe: the context is a volatile reference, the monitor guards what is known of the files. A thread of its own
 * looks at them, until {@link #close()}.
 */
public final class ReloadingTls extends HttpsConfigurator implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ReloadingTls.class.getName());
    private static final long LOOK_MILLIS = 1_000;

    private final String purpose;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile SSLContext current;
    private TlsFiles files;
    private List<Object> taken;
    private List<Object> seen;

    private ReloadingTls(String purpose, TlsFiles files, SSLContext context, List<Object> state) {
        super(context);
        this.purpose = purpose;
        this.files = files;
        this.current = context;
        this.taken = state;
        this.seen = state;
    }

    /**
     * Reads the files, and goes on to look at them.
     *
     * @param purpose what the log calls the server
     * @param files looked at again and again until {@link #close()}
     * @return what gives out the certificate that was read last
     * @throws TlsException when they are of no use
     */
    public static ReloadingTls open(String purpose, TlsFiles files) throws TlsException {
        List<Object> state = state(files); // before reading: a change in between shows as one
        ReloadingTls tls = new ReloadingTls(purpose, files, context(files), state);
        Thread.ofPlatform().daemon().name("tls-files").start(tls::watch);
        return tls;
    }

    /**
     * Reads the files, and forgets them.
     *
     * @param files as they are now
     * @throws TlsException when they are of no use
     */
    public static void check(TlsFiles files) throws TlsException {
        IdentityReader.read(files);
    }

    private static SSLContext context(TlsFiles files) throws TlsException {
        try {
            return IdentityReader.read(files).context();
        } catch (GeneralSecurityException unusable) {
            throw new TlsException("the certificate cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    /** The one that new connections are to have. */
    @Override
    public SSLContext getSSLContext() {
        return current;
    }

    /**
     * Reads these files now, whether they have changed or not; keeps what it has, and warns, when they are of no use.
     *
     * @param changed the files to look at from now on
     */
    public synchronized void reload(TlsFiles changed) {
        files = changed;
        take(state(changed));
    }

    private void watch() {
        try {
            while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes files that have changed when they have rested for a while: whoever replaces two does one after the other. */
    synchronized void look() {
        List<Object> state = state(files);
        boolean resting = state.equals(seen);
        seen = state;
        if (resting && !state.equals(taken)) {
            take(state);
        }
    }

    private void take(List<Object> state) {
        taken = state;
        seen = state;
        try {
            current = context(files);
            LOG.log(Level.INFO, "The TLS files of " + purpose + " are taken up");
        } catch (TlsException unusable) {
            LOG.log(
                    Level.WARNING,
                    "The TLS files of " + purpose + " are of no use, the certificate stays as it was: "
                            + unusable.getMessage());
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

    /** Looks at the files no more. Idempotent. */
    @Override
    public void close() {
        closed.countDown();
    }
}
