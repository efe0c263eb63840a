package org.pocx.aggregator.simulator.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The process that plays the miners: as many threads as connections. Its one line of output is a {@link Measurement}. */
final class LoadGenerator {
    private LoadGenerator() {}

    /** @param args the miner port, the load, its run, connections, accounts, milliseconds of warm-up and of measuring */
    public static void main(String[] args) throws InterruptedException {
        Measurement measured = run(
                Integer.parseInt(args[0]),
                Load.valueOf(args[1]),
                Integer.parseInt(args[2]),
                Integer.parseInt(args[3]),
                Integer.parseInt(args[4]),
                Duration.ofMillis(Long.parseLong(args[5])),
                Duration.ofMillis(Long.parseLong(args[6])));
        System.out.println(measured.toLine());
    }

    static Measurement run(
            int port, Load load, int run, int connections, int accounts, Duration warmUp, Duration time)
            throws InterruptedException {
        long measureFrom = System.nanoTime() + warmUp.toNanos();
        long until = measureFrom + time.toNanos();
        List<LoadConnection> all = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            LoadConnection connection = new LoadConnection(
                    port, load.of(new Load.Part(run, i, connections, accounts)), measureFrom, until);
            all.add(connection);
            threads.add(Thread.ofPlatform().name("load-" + i).start(connection));
        }
        LatencyHistogram latencies = new LatencyHistogram();
        long failures = 0;
        for (int i = 0; i < connections; i++) {
            threads.get(i).join();
            latencies.add(all.get(i).latencies());
            failures += all.get(i).failures();
        }
        return Measurement.of(latencies, failures, time);
    }
}
