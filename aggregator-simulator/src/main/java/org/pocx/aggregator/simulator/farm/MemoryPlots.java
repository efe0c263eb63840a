package org.pocx.aggregator.simulator.farm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.proof.Challenge;
import org.pocx.aggregator.proof.PlotNonce;
import org.pocx.aggregator.proof.PocxProof;

/**
 * Real plots of a few nonces each, in memory: 256 KiB for each nonce. The first nonce of each is plotted at the start, the
 * others by a thread after that; a scan covers what is plotted by then.
 *
 * <p>Thread-safe: the thread adds to concurrent collections.
 */
public final class MemoryPlots implements AutoCloseable {
    private static final double NONCES_OF_ONE_TIB = 0x1p22;

    /** By plot: the scoops of its nonces, whose numbers are their positions. */
    private final Map<Plot, List<byte[]>> plotted = new ConcurrentHashMap<>();

    private final int noncesEach;
    private final Thread plotter;

    private MemoryPlots(List<Plot> plots, int noncesEach) {
        this.noncesEach = noncesEach;
        plots.forEach(plot -> plotted.put(plot, new CopyOnWriteArrayList<>()));
        plotter = Thread.ofPlatform().name("plotter").daemon().unstarted(() -> plot(plots));
    }

    /**
     * Plots the first nonce of each plot, and begins with the others.
     *
     * @param plots of compression 0
     * @param noncesEach how many nonces each plot gets, at least 1
     * @return the plots; to be closed by the caller
     */
    public static MemoryPlots start(List<Plot> plots, int noncesEach) {
        MemoryPlots started = new MemoryPlots(List.copyOf(plots), noncesEach);
        plots.parallelStream().forEach(plot -> started.plot(plot, 0));
        started.plotter.start();
        return started;
    }

    /**
     * {@return the capacity of a plot with that many nonces, in TiB}
     *
     * @param nonces at least 1
     */
    public static double tib(int nonces) {
        return nonces / NONCES_OF_ONE_TIB;
    }

    private void plot(List<Plot> plots) {
        for (int nonce = 1; nonce < noncesEach; nonce++) {
            for (Plot plot : plots) {
                if (Thread.currentThread().isInterrupted()) {
                    return; // closed
                }
                plot(plot, nonce);
            }
        }
    }

    private void plot(Plot plot, int nonce) {
        nonces(plot).add(PocxProof.scoops(new PlotNonce(plot.accountId(), plot.seed(), nonce, 0)));
    }

    private List<byte[]> nonces(Plot plot) {
        return plotted.getOrDefault(plot, List.of());
    }

    /** Reads the scoop of the round from each nonce that is plotted. */
    List<FoundNonce> scan(Plot plot, MiningInfo round) {
        Challenge challenge = new Challenge(round.generationSignature(), round.height());
        int at = challenge.scoop() * PocxProof.SCOOP_BYTES;
        List<FoundNonce> found = new ArrayList<>();
        for (byte[] nonce : nonces(plot)) {
            long quality = challenge.quality(Arrays.copyOfRange(nonce, at, at + PocxProof.SCOOP_BYTES));
            double progress = (found.size() + 1.0) / noncesEach;
            found.add(new FoundNonce(progress, plot, found.size(), quality));
        }
        return found;
    }

    /**
     * {@return the quality (u64) of a nonce by its proof, as a node computes it; the worst one where the compression is too
     * high to be computed}
     *
     * @param nonce of any round
     */
    public static long provenQuality(NonceSubmission nonce) {
        return nonce.compression() > PlotNonce.MAX_COMPRESSION
                ? -1L
                : PocxProof.quality(
                        new PlotNonce(nonce.accountId(), nonce.seed(), nonce.nonce(), nonce.compression()),
                        new Challenge(nonce.generationSignature(), nonce.height()));
    }

    /** Ends plotting. Idempotent. */
    @Override
    public void close() {
        plotter.interrupt();
    }
}
