package org.pocx.aggregator.core.time;

import java.time.Duration;
import org.pocx.aggregator.core.testkit.ManualScheduler;
import org.pocx.aggregator.core.testkit.SchedulerContract;

class ManualSchedulerTest extends SchedulerContract {
    @Override
    protected Scheduler open() {
        return new ManualScheduler();
    }

    @Override
    protected void tick(Scheduler scheduler) {
        ((ManualScheduler) scheduler).advance(Duration.ofMillis(1));
    }
}
