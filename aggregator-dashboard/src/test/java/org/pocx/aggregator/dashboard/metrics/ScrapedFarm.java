package org.pocx.aggregator.dashboard.metrics;

import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.pocx.aggregator.core.Aggregator;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.FakeUpstream;
import org.pocx.aggregator.statistics.FarmStatistics;
import org.pocx.aggregator.statistics.MachineDirectory;
import org.pocx.aggregator.statistics.MachineProfile;

/** A scrape of a whole aggregator after its first confirmed nonce, with metrics of machines. */
final class ScrapedFarm {
    private ScrapedFarm() {}

    static Exposition scrape() {
        FakeUpstream upstream = new FakeUpstream();
        upstream.announce(round(100));
        FarmMetrics metrics = new FarmMetrics(new MetricsSettings("test", 10), System::nanoTime);
        MachineDirectory directory = new MachineDirectory();
        directory.replace(Map.of(
                "10.0.0.1", new MachineProfile(Optional.empty(), Optional.of("barn"), OptionalDouble.of(10))));
        try (FarmStatistics statistics =
                FarmStatistics.builder().directory(directory).build();
                Aggregator aggregator = Aggregator.builder()
                        .upstream(upstream)
                        .pollInterval(Duration.ofMillis(50))
                        .listener(statistics)
                        .listener(metrics.listener())
                        .build()) {
            aggregator.start();
            aggregator.miningInfo(new MinerId("10.0.0.1"));
            aggregator.submit(nonce(round(100), 1, 1, 116_088_358_196L), new MinerId("10.0.0.1"));
            Await.until(
                    "the nonce is confirmed",
                    () -> statistics.snapshot().counts().confirmed() == 1
                            && statistics.snapshot().upstream().lastConfirmed().isPresent());
            metrics.watch(new MetricsSource(
                    statistics::snapshot,
                    aggregator::forwardLoad,
                    aggregator::miningInfoAge,
                    aggregator::upstreams));
            metrics.watchVerdictWaits(() -> 3, () -> 4);
            return Exposition.of(metrics.scrape());
        }
    }
}
