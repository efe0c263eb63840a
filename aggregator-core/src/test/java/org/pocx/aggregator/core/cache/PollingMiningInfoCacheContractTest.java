package org.pocx.aggregator.core.cache;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.pocx.aggregator.core.testkit.MiningInfoCacheContract;
import org.pocx.aggregator.core.time.Scheduler;
import org.pocx.aggregator.core.upstream.Upstream;

class PollingMiningInfoCacheContractTest extends MiningInfoCacheContract {
    private final Scheduler scheduler = Scheduler.system("polls");
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    @Override
    protected MiningInfoCache open(Upstream upstream) {
        return new PollingMiningInfoCache(
                upstream, Duration.ofMillis(50), Duration.ofMinutes(1), scheduler, executor);
    }

    @AfterEach
    void stop() {
        scheduler.close();
        executor.shutdownNow();
    }
}
