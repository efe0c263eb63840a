package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;

/** From a new block upstream until the first miner is told of it, where a miner asks each millisecond. */
final class NewBlockScene implements Scene {
    private static final RowName NAME = new RowName("new_block", "new block upstream to first miner");
    private static final int MOST_BLOCKS = 10;
    private static final int LEAST_BLOCKS = 3;
    private static final int LONGEST_PAUSE_MILLIS = 1_000;
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(40);
    private static final String NOTE = "from the block to the first answer with it; miners ask each millisecond";

    private final RandomGenerator random;

    NewBlockScene(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public List<RowName> rows() {
        return List.of(NAME);
    }

    @Override
    public Optional<String> obstacle(BenchSettings settings) {
        return Scene.upstreamIsOurs(settings);
    }

    @Override
    public Duration planned(BenchSettings settings) {
        return Duration.ofMillis(blocks(settings) * (long) LONGEST_PAUSE_MILLIS)
                .plus(LoneMiner.planned(settings));
    }

    private static int blocks(BenchSettings settings) {
        return Math.clamp(settings.time().toSeconds(), LEAST_BLOCKS, MOST_BLOCKS);
    }

    @Override
    public void play(Stage stage, Told told) throws IOException, InterruptedException {
        Target target = stage.program().target();
        byte[] poll = target.request(RpcRequests.getMiningInfo(RpcId.of(1)));
        LatencyHistogram times = new LatencyHistogram();
        try (Probe probe = new Probe(target)) {
            for (int i = blocks(stage.settings()); i > 0; i--) {
                // A block comes at any moment between two polls of the aggregator.
                Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
                times.record(timeToFirstMiner(stage.upstream(), probe, poll));
            }
        }
        Figures figures = Figures.ofTimes(times, stage.program().vitals().rssMib());
        told.row(LoneMiner.row(stage, NAME, figures, 0).with(NOTE));
    }

    private static long timeToFirstMiner(ConstantUpstream upstream, Probe probe, byte[] poll)
            throws IOException, InterruptedException {
        upstream.announceNext();
        long begun = System.nanoTime();
        byte[] hash = Bytes.ascii(upstream.round().info().blockHash());
        while (!probe.ask(poll).contains(hash)) {
            if (System.nanoTime() - begun > TOLD_WITHIN.toNanos()) {
                throw new IOException("a new block was not told within " + TOLD_WITHIN.toSeconds() + " s");
            }
            Thread.sleep(1);
        }
        return System.nanoTime() - begun;
    }
}
