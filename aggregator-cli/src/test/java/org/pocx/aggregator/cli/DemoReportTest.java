package org.pocx.aggregator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.cli.log.LineLog;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.testkit.Events;

final class DemoReportTest {
    private static final String HASH = "ab".repeat(32);

    private final List<String> lines = new ArrayList<>();
    private final DemoReport report = new DemoReport(Duration.ofMinutes(2), new Lines(), ended -> true);

    private final class Lines implements LineLog {
        @Override
        public boolean isEnabled(Level level) {
            return true;
        }

        @Override
        public void log(Level level, String line) {
            lines.add(line);
        }

        @Override
        public void logRepeated(Level level, String kind, String line) {
            log(level, line);
        }
    }

    private static FateChanged nonce(int number) {
        NonceSubmission nonce = NonceSubmission.builder()
                .blockHash(HASH)
                .height(7)
                .generationSignature(HASH)
                .baseTarget(5)
                .accountId("12".repeat(20))
                .seed(HASH)
                .nonce(number)
                .compression(1)
                .rawQuality(1L << 42)
                .build();
        return Events.fateChanged(
                nonce, new MinerId("10.0.0.1", ""), Fate.PENDING, Fate.PENDING, 1L << 42, "", Instant.EPOCH,
                Duration.ZERO);
    }

    @Test
    void noncesThatWereOnlyQueued_areNotForwarded_andEachCountsOnce() {
        report.on(Events.opened(new MiningInfo(HASH, 5, 7, HASH)));
        report.on(nonce(1));
        report.on(nonce(2));
        report.on(Events.forwarded(nonce(2).nonce()));
        report.on(Events.forwarded(nonce(2).nonce()));
        report.on(Events.opened(new MiningInfo("cd".repeat(32), 5, 8, HASH)));

        assertThat(lines).filteredOn(line -> line.startsWith("forwarded")).hasSize(1);
        assertThat(lines).filteredOn(line -> line.startsWith("summary")).singleElement().asString()
                .contains("forwarded 1,");
    }
}
