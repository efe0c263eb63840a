package org.pocx.aggregator.cli.log;

import java.lang.System.Logger.Level;
import java.time.Duration;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.testkit.AggregatorListenerContract;
import org.pocx.aggregator.statistics.MachineDirectory;

class LoggingListenerContractTest extends AggregatorListenerContract {
    @Override
    protected AggregatorListener open() {
        return new LoggingListener("pool", Duration.ofMinutes(2), new Silence(), new MachineDirectory());
    }

    /** Lets every line be made, and keeps none. */
    private static final class Silence implements LineLog {
        @Override
        public boolean isEnabled(Level level) {
            return true;
        }

        @Override
        public void log(Level level, String line) {}

        @Override
        public void logRepeated(Level level, String kind, String line) {}
    }
}
