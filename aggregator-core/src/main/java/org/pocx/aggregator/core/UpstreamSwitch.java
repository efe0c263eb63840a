package org.pocx.aggregator.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.pocx.aggregator.core.cache.MiningInfoCache;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.failover.FailoverDecision;
import org.pocx.aggregator.core.failover.FailoverPolicy;
import org.pocx.aggregator.core.failover.FailoverSettings;
import org.pocx.aggregator.core.forward.Destination;
import org.pocx.aggregator.core.forward.Forwarder;
import org.pocx.aggregator.core.round.RecentRounds;
import org.pocx.aggregator.core.time.Scheduler;
import org.pocx.aggregator.core.upstream.MiningInfoOutcome;
import org.pocx.aggregator.core.upstream.NamedUpstream;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.Upstream;
import org.pocx.aggregator.core.upstream.UpstreamState;
import org.pocx.aggregator.core.upstream.UpstreamStatus;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * All upstreams: passes what each of them answers to the {@link FailoverPolicy}, and makes the switches that it decides. What the
 * active one announces goes on to the lanes and the miners.
 *
 * <p>Thread-safe. {@code turn} guards the policy and the order of announcements and switches; it is taken after the locks of the
 * caches, and before those of rounds and lanes. What readers ask is replaced as a whole.
 */
final class UpstreamSwitch {
    private static final Duration LONGEST_TICK = Duration.ofSeconds(1);
    private static final Duration SHORTEST_TICK = Duration.ofMillis(50);
    private static final Duration CLOSE_PORT_AFTER = Duration.ofSeconds(2);

    /** The block times for which an unreachable upstream keeps its rounds. */
    private static final int BLOCKS_KEPT = 10;

    private final ReentrantLock turn = new ReentrantLock();
    private final Forwarder forwarder;
    private final RecentRounds rounds;
    private final PollIntake polls;
    private final Function<UpstreamLink, UpstreamLink.Polling> polling;
    private final AggregatorListener listener;
    private final Scheduler scheduler;
    private final Duration roundsKept;
    private final ConfirmedAccounts accounts = new ConfirmedAccounts();
    private final FailoverPolicy policy;
    private volatile FailoverSettings settings;
    private boolean ticking;

    /** In order of preference. */
    private volatile List<UpstreamLink> links;

    private volatile UpstreamLink active;
    private volatile List<UpstreamStatus> statuses = List.of();
    private volatile boolean closed;

    /** @param polling makes what polls an upstream; it is started here */
    UpstreamSwitch(
            List<NamedUpstream> upstreams,
            FailoverSettings settings,
            Duration blockTime,
            Forwarder forwarder,
            RecentRounds rounds,
            PollIntake polls,
            Function<UpstreamLink, UpstreamLink.Polling> polling,
            AggregatorListener listener,
            Scheduler scheduler) {
        this.settings = settings;
        this.roundsKept = blockTime.multipliedBy(BLOCKS_KEPT);
        this.forwarder = forwarder;
        this.rounds = rounds;
        this.polls = polls;
        this.polling = polling;
        this.listener = listener;
        this.scheduler = scheduler;
        this.policy = new FailoverPolicy(
                settings, upstreams.stream().map(NamedUpstream::id).toList(), scheduler.nanoTime());
        this.links = upstreams.stream().map(this::link).toList();
        this.active = links.getFirst();
        forwarder.several(links.size() > 1);
        refreshStatuses();
    }

    private UpstreamLink link(NamedUpstream upstream) {
        boolean isFirst = upstream.id().equals(forwarder.active().id());
        Destination destination = isFirst ? forwarder.active() : forwarder.destination(upstream);
        UpstreamLink link = new UpstreamLink(upstream, destination, isFirst, scheduler::nanoTime);
        UpstreamLink.Polling made = polling.apply(link);
        link.polledBy(made.cache(), made.synchronisation());
        return link;
    }

    /**
     * Begins to poll.
     *
     * @param announcing the ids of the upstreams that announced rounds to an earlier process
     * @param confirmed the accounts that had a nonce confirmed then
     */
    void start(Set<String> announcing, Set<String> confirmed) {
        confirmed.forEach(account -> accounts.confirmed(account, scheduler.nanoTime()));
        announcing.forEach(this::forgetLater);
        links.forEach(this::start);
        tick();
    }

    private void start(UpstreamLink link) {
        link.cache().start((outcome, asked) -> polled(link, outcome, asked));
    }

    /** Time alone may be a reason for a switch. */
    private void tick() {
        Duration quarter = settings.after().dividedBy(4);
        Duration tick = quarter.compareTo(LONGEST_TICK) > 0 ? LONGEST_TICK : quarter;
        turn.lock();
        try {
            ticking = !closed && links.size() > 1;
            if (ticking) {
                evaluate();
                scheduler.schedule(tick.compareTo(SHORTEST_TICK) < 0 ? SHORTEST_TICK : tick, this::tick);
            }
        } finally {
            turn.unlock();
        }
    }

    // ---- what happens

    private void polled(UpstreamLink link, MiningInfoOutcome outcome, long askedNanos) {
        turn.lock();
        try {
            if (closed || !links.contains(link)) {
                return;
            }
            long now = scheduler.nanoTime();
            polls.polled(link.destination(), link.synchronisation(), outcome, askedNanos);
            switch (outcome) {
                case MiningInfoOutcome.Fetched fetched -> {
                    link.answered(fetched.info());
                    policy.answered(
                            link.id(),
                            fetched.info().blockHash(),
                            fetched.info().height(),
                            link.synchronisation().evidence().isPresent(),
                            now);
                }
                case UpstreamTrouble trouble -> {
                    link.failed(trouble, now);
                    policy.failed(link.id());
                }
            }
            evaluate();
        } finally {
            turn.unlock();
        }
    }

    /** An attempt to send a nonce ended. */
    void attemptEnded(
            String upstream, String accountId, SubmitOutcome outcome, boolean isCut, long begunNanos) {
        if (outcome instanceof SubmitOutcome.Accepted) {
            accounts.confirmed(accountId, scheduler.nanoTime());
        }
        if (links.size() == 1) {
            return;
        }
        turn.lock();
        try {
            if (isVerdict(outcome)) {
                policy.verdict(upstream, isAccountRefused(outcome));
                if (isAccountRefused(outcome)) {
                    accountRefused(upstream);
                }
            } else if (!isCut && outcome instanceof UpstreamTrouble) {
                policy.noVerdict(upstream, accountId, begunNanos);
                evaluate();
            }
        } finally {
            turn.unlock();
        }
    }

    private void accountRefused(String upstream) {
        Destination destination = active.destination();
        if (upstream.equals(destination.id())
                && accounts.areAll(account -> forwarder.isRefused(destination, account), scheduler.nanoTime())) {
            policy.allAccountsRefused(upstream);
            evaluate();
        }
    }

    private static boolean isVerdict(SubmitOutcome outcome) {
        return switch (outcome) {
            case SubmitOutcome.Accepted accepted -> true;
            case SubmitOutcome.Filtered filtered -> true;
            case SubmitOutcome.Rejected rejected -> true;
            case SubmitOutcome.Stale stale -> false;
            case SubmitOutcome.Held held -> false;
            case UpstreamTrouble trouble -> isAccountRefused(trouble);
        };
    }

    private static boolean isAccountRefused(SubmitOutcome outcome) {
        return outcome instanceof UpstreamTrouble trouble
                && trouble.kind() == UpstreamTrouble.Kind.ACCOUNT_REFUSED;
    }

    // ---- decisions

    private void evaluate() {
        long now = scheduler.nanoTime();
        switch (policy.decide(forwarder::isOneAccountAhead, now)) {
            case FailoverDecision.Stay stay -> {}
            case FailoverDecision.Switch change -> make(change, now);
            case FailoverDecision.Probe probe -> find(probe.id()).ifPresent(link -> probe(link, now));
        }
        boolean alarmed = policy.isAlarmed(now);
        for (UpstreamLink link : links) {
            link.frequent(alarmed || link == active);
            if (link != active && link.becomesForgotten(roundsKept, now)) {
                polls.forget(link.id());
            }
            publishState(link, now);
        }
        refreshStatuses();
    }

    private Optional<UpstreamLink> find(String id) {
        return links.stream().filter(link -> link.id().equals(id)).findFirst();
    }

    private void make(FailoverDecision.Switch change, long now) {
        UpstreamLink before = active;
        UpstreamLink next = find(change.id()).orElseThrow();
        policy.switched(change, forwarder::isOneAccountAhead, now);
        listener.on(new AggregatorEvent.UpstreamSwitched(
                before.name(), next.name(), change.isReturn(), change.reason()));
        boolean hasRound = rounds.activate(next.id(), round -> {
            forwarder.activate(next.destination());
            polls.activated(round, next.id(), now);
        }).isPresent();
        if (!hasRound) {
            forwarder.activate(next.destination());
        }
        active = next;
        if (policy.state(next.id(), now) != UpstreamState.UNREACHABLE && hasRound) {
            polls.activeAnswers();
        }
        if (!before.synchronisation().evidence().equals(next.synchronisation().evidence())) {
            listener.on(new AggregatorEvent.Synchronising(next.synchronisation().evidence()));
        }
        next.cache().refreshSoon();
    }

    private void probe(UpstreamLink link, long now) {
        link.info()
                .filter(info -> forwarder.probe(
                        link.destination(), info.blockHash(), outcome -> probeEnded(link, outcome)))
                .ifPresent(info -> policy.probeBegan(link.id(), now));
    }

    private void probeEnded(UpstreamLink link, SubmitOutcome outcome) {
        turn.lock();
        try {
            policy.probeEnded(link.id(), isVerdict(outcome), isAccountRefused(outcome));
            evaluate();
        } finally {
            turn.unlock();
        }
    }

    private void publishState(UpstreamLink link, long now) {
        UpstreamState state = policy.state(link.id(), now);
        if (link.changeState(state) && links.size() > 1 && !isReportedOtherwise(link, state)) {
            listener.on(new AggregatorEvent.UpstreamStateChanged(link.status(link == active)));
        }
    }

    /** Outages of the active upstream are events of their own. */
    private boolean isReportedOtherwise(UpstreamLink link, UpstreamState state) {
        return link == active && (state == UpstreamState.UNREACHABLE || state == UpstreamState.OK);
    }

    private void refreshStatuses() {
        statuses = links.stream().map(link -> link.status(link == active)).toList();
    }

    // ---- other upstreams

    /**
     * Other upstreams, or the same in another order, with other names or credentials.
     *
     * @param upstreams in order of preference
     */
    void change(List<NamedUpstream> upstreams, FailoverSettings changed) {
        List<UpstreamLink> added = new ArrayList<>();
        turn.lock();
        try {
            if (closed) {
                upstreams.forEach(upstream -> upstream.port().close());
                return;
            }
            List<UpstreamLink> before = links;
            settings = changed;
            links = upstreams.stream().map(upstream -> changed(upstream, before, added)).toList();
            forwarder.several(links.size() > 1);
            policy.change(changed, upstreams.stream().map(NamedUpstream::id).toList(), scheduler.nanoTime())
                    .ifPresent(change -> make(change, scheduler.nanoTime()));
            before.stream().filter(link -> !links.contains(link)).forEach(this::remove);
            evaluate();
        } finally {
            turn.unlock();
        }
        added.forEach(this::start); // without the lock, which is taken after those of the caches
        tickIfStopped();
    }

    private void tickIfStopped() {
        turn.lock();
        try {
            if (!ticking) {
                tick();
            }
        } finally {
            turn.unlock();
        }
    }

    private UpstreamLink changed(NamedUpstream upstream, List<UpstreamLink> before, List<UpstreamLink> added) {
        Optional<UpstreamLink> same =
                before.stream().filter(link -> link.id().equals(upstream.id())).findFirst();
        if (same.isEmpty()) {
            UpstreamLink link = link(upstream);
            added.add(link);
            return link;
        }
        Upstream former = same.get().port();
        same.get().replace(upstream);
        if (!former.equals(upstream.port())) {
            scheduler.schedule(CLOSE_PORT_AFTER, former::close);
        }
        return same.get();
    }

    /** What it is being sent has time to end; what it announced stays open for a while. */
    private void remove(UpstreamLink link) {
        link.cache().close();
        forgetLater(link.id());
        scheduler.schedule(CLOSE_PORT_AFTER, link.port()::close);
    }

    private void forgetLater(String id) {
        if (find(id).isEmpty()) {
            scheduler.schedule(roundsKept, () -> forget(id));
        }
    }

    private void forget(String id) {
        turn.lock();
        try {
            if (!closed && find(id).isEmpty()) {
                polls.forget(id);
            }
        } finally {
            turn.unlock();
        }
    }

    // ---- questions

    /** How each upstream is, in order of preference. */
    List<UpstreamStatus> statuses() {
        return statuses;
    }

    /** The interval at which upstreams that are not active are polled while all is well. */
    Duration standbyInterval() {
        return settings.standbyInterval();
    }

    MiningInfoCache activeCache() {
        return active.cache();
    }

    Optional<String> synchronising() {
        return active.synchronisation().evidence();
    }

    /** Polls no more. The ports stay open, as attempts may be running. */
    void stop() {
        closed = true;
        links.forEach(link -> link.cache().close());
    }

    void closePorts() {
        links.forEach(link -> link.port().close());
    }
}
