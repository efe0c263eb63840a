package org.pocx.aggregator.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.pocx.aggregator.cli.config.Settings;
import org.pocx.aggregator.cli.log.LogText;
import org.pocx.aggregator.core.upstream.MiningInfoOutcome;
import org.pocx.aggregator.core.upstream.Upstream;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/** Asks each of several upstreams for mining info, all at once. */
final class UpstreamCheck {
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private UpstreamCheck() {}

    /** Returns a line for each upstream, in order of preference. Blocks for some seconds at most. */
    static List<String> lines(Settings.Upstream settings) {
        Duration timeout = settings.timeout().compareTo(LONGEST) < 0 ? settings.timeout() : LONGEST;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = settings.endpoints().stream()
                    .map(endpoint -> threads.submit(() -> line(endpoint, timeout)))
                    .toList();
            return answers.stream().map(UpstreamCheck::result).toList();
        }
    }

    private static String result(Future<String> line) {
        try {
            return line.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an upstream could not be asked", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private static String line(Settings.Endpoint endpoint, Duration timeout) {
        long begun = System.nanoTime();
        try (Upstream upstream = ConfiguredUpstreams.upstream(endpoint, timeout)) {
            String where = "upstream " + endpoint.name() + " at " + endpoint.urlWithoutQuery()
                    + endpoint.proxy().suffix() + ": ";
            return switch (upstream.fetchMiningInfo()) {
                case MiningInfoOutcome.Fetched(var info) -> where + "answers in "
                        + Duration.ofNanos(System.nanoTime() - begun).toMillis() + " ms, height "
                        + Long.toUnsignedString(info.height()) + ", block hash " + info.blockHash();
                case UpstreamTrouble trouble -> where + "does not answer as it should: "
                        + LogText.clean(trouble.message().text());
            };
        }
    }
}
