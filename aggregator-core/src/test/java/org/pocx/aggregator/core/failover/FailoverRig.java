package org.pocx.aggregator.core.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A policy with simulated upstreams, which are polled every second, on a clock that the test moves. */
final class FailoverRig {
    private static final Duration STEP = Duration.ofSeconds(1);

    final FailoverPolicy policy;
    final List<String> switches = new ArrayList<>();
    final List<Duration> switchTimes = new ArrayList<>();
    final List<Duration> probes = new ArrayList<>();
    private final Map<String, Simulated> upstreams = new HashMap<>();
    private final List<String> ids;
    BooleanSupplier isOneAccount = () -> false;
    private Duration time = Duration.ZERO;

    /** An upstream: what it announces, and what it does with nonces. */
    static final class Simulated {
        boolean isUp = true;
        boolean hasVerdicts = true;
        boolean isSynchronising;
        String chain = "";
        long behind;
    }

    FailoverRig(String... ids) {
        this(FailoverSettings.DEFAULT, ids);
    }

    FailoverRig(FailoverSettings settings, String... ids) {
        this.ids = List.of(ids);
        this.ids.forEach(id -> upstreams.put(id, new Simulated()));
        policy = new FailoverPolicy(settings, this.ids, now());
    }

    Simulated upstream(String id) {
        return upstreams.get(id);
    }

    long now() {
        return time.toNanos() - 1_000_000_000_000L; // the monotonic clock may be negative
    }

    Duration time() {
        return time;
    }

    /** The height of the chain: a block in 20 seconds. */
    private long height() {
        return 1_000 + time.toSeconds() / 20;
    }

    void pass(Duration span) {
        for (Duration left = span; left.isPositive(); left = left.minus(STEP)) {
            time = time.plus(STEP);
            ids.forEach(this::poll);
            attempts();
            act();
        }
    }

    private void poll(String id) {
        Simulated upstream = upstream(id);
        if (upstream.isUp) {
            long height = height() - upstream.behind;
            policy.answered(id, upstream.chain + height, height, upstream.isSynchronising, now());
        } else {
            policy.failed(id);
        }
    }

    /** Two accounts send a nonce every 4 seconds. */
    private void attempts() {
        if (time.toSeconds() % 4 == 0) {
            for (String account : List.of("a", "b")) {
                if (upstream(policy.active()).hasVerdicts && upstream(policy.active()).isUp) {
                    policy.verdict(policy.active(), false);
                } else {
                    policy.noVerdict(policy.active(), account, now());
                }
            }
        }
    }

    void act() {
        switch (policy.decide(isOneAccount, now())) {
            case FailoverDecision.Stay stay -> {}
            case FailoverDecision.Switch change -> {
                policy.switched(change, isOneAccount, now());
                switches.add((change.isReturn() ? "return " : "failover ") + change.id());
                switchTimes.add(time);
            }
            case FailoverDecision.Probe probe -> {
                probes.add(time);
                policy.probeBegan(probe.id(), now());
                policy.probeEnded(probe.id(), upstream(probe.id()).hasVerdicts, false);
            }
        }
    }
}
