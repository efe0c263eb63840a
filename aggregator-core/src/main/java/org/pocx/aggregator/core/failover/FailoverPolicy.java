package org.pocx.aggregator.core.failover;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.failover.UpstreamHealth.ForwardingFailure;
import org.pocx.aggregator.core.upstream.UpstreamState;

/**
 * Decides which of several upstreams is the active one, from what each of them answers. It does nothing else: the caller
 * tells it what happened, asks it to {@linkplain #decide decide}, does what it says, and tells it that.
 *
 * <p>Not thread-safe. All times are of the monotonic clock, in nanoseconds. Upstreams are named by their ids.
 */
public final class FailoverPolicy {
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final long LONGEST_RETURN = Duration.ofMinutes(30).toNanos();
    private static final FailoverDecision STAY = new FailoverDecision.Stay();

    private FailoverSettings settings;
    private List<UpstreamHealth> upstreams = List.of();
    private UpstreamHealth active;
    private VerdictWatch verdicts;
    private boolean areAccountsRefused;
    private long returnNanos;
    private @Nullable Long returned;
    private @Nullable Long failedOver;

    /** Why the active upstream counts as failed. */
    private record Failure(String reason, boolean isSilent, @Nullable ForwardingFailure forwarding) {}

    /**
     * The first upstream is the active one until it has had time to answer.
     *
     * @param settings when another one becomes active
     * @param ids in order of preference, at least one, each once
     * @param now monotonic clock
     */
    public FailoverPolicy(FailoverSettings settings, List<String> ids, long now) {
        this.settings = settings;
        this.returnNanos = settings.returnAfter().toNanos();
        this.upstreams = ids.stream().map(id -> new UpstreamHealth(id, now)).toList();
        this.active = upstreams.getFirst();
        this.verdicts = newWatch();
    }

    private VerdictWatch newWatch() {
        return new VerdictWatch(settings.after().multipliedBy(2));
    }

    /** {@return the id of the active upstream} */
    public String active() {
        return active.id();
    }

    /**
     * Other upstreams, or the same in another order: what is known of those that stay is kept.
     *
     * @param ids in order of preference, at least one, each once
     * @return the upstream that has to become active, as the present one is not among them
     */
    public Optional<FailoverDecision.Switch> change(FailoverSettings changed, List<String> ids, long now) {
        if (!changed.equals(settings)) {
            settings = changed;
            returnNanos = changed.returnAfter().toNanos();
            verdicts = newWatch();
        }
        upstreams = ids.stream()
                .map(id -> find(id).orElseGet(() -> new UpstreamHealth(id, now)))
                .toList();
        if (upstreams.contains(active)) {
            return Optional.empty();
        }
        UpstreamHealth next = upstreams.stream()
                .filter(UpstreamHealth::isGood)
                .min(preference(now))
                .orElseGet(upstreams::getFirst);
        return Optional.of(new FailoverDecision.Switch(
                next.id(), false, "the active upstream was removed from the configuration"));
    }

    private Optional<UpstreamHealth> find(String id) {
        return upstreams.stream().filter(upstream -> upstream.id().equals(id)).findFirst();
    }

    // ---- what happened

    /**
     * An upstream answered a poll.
     *
     * @param height u64
     * @param isSynchronising whether it is still synchronising with its network
     */
    public void answered(String id, String blockHash, long height, boolean isSynchronising, long now) {
        find(id).ifPresent(upstream -> {
            upstream.answered(blockHash, height, isSynchronising, now);
            compareAll(now);
        });
    }

    /** Each that answers is compared with the active one, and the active one with the highest of the others. */
    private void compareAll(long now) {
        List<UpstreamHealth> good =
                upstreams.stream().filter(UpstreamHealth::isGood).toList();
        if (!active.answeredBefore()) {
            return;
        }
        good.stream().filter(other -> other != active).forEach(other -> other.compare(active, now));
        if (active.isGood()) {
            good.stream()
                    .filter(other -> other != active && other.sharesRoundWith(active) && !other.isSynchronising())
                    .max((a, b) -> a.isLowerThan(b) ? -1 : b.isLowerThan(a) ? 1 : 0)
                    .ifPresentOrElse(highest -> active.compare(highest, now), active::notCompared);
        }
    }

    /** An upstream did not answer a poll, or with an error. */
    public void failed(String id) {
        find(id).ifPresent(UpstreamHealth::failed);
    }

    /** An attempt to send a nonce ended with a verdict. Those to upstreams that are not active count as probes only. */
    public void verdict(String id, boolean isAccountRefused) {
        if (id.equals(active.id())) {
            verdicts.verdict();
            areAccountsRefused &= isAccountRefused;
        }
    }

    /**
     * An attempt to send a nonce to an upstream ended without a verdict, and was not ended by us.
     *
     * @param account of the nonce
     * @param begunNanos when the attempt began, monotonic clock
     */
    public void noVerdict(String id, String account, long begunNanos) {
        if (id.equals(active.id())) {
            verdicts.noVerdict(account, begunNanos);
        }
    }

    /** The active upstream refuses every account that had a nonce confirmed lately. */
    public void allAccountsRefused(String id) {
        areAccountsRefused |= id.equals(active.id());
    }

    /** A probe was sent, or could not be as there is no nonce. */
    public void probeBegan(String id, long now) {
        find(id).ifPresent(upstream -> upstream.probeBegan(now));
    }

    /**
     * A probe ended.
     *
     * @param isVerdict whether the upstream gave a verdict, such as a rejection or a refused account
     */
    public void probeEnded(String id, boolean isVerdict, boolean isAccountRefused) {
        find(id).ifPresent(upstream -> upstream.probeEnded(isVerdict, isAccountRefused));
    }

    // ---- decisions

    /**
     * {@return what is to be done now}
     *
     * @param isOneAccount whether nonces of one account alone wait for a verdict; asked only if that matters
     */
    public FailoverDecision decide(BooleanSupplier isOneAccount, long now) {
        if (failedOver != null && now - failedOver >= HOUR) {
            returnNanos = settings.returnAfter().toNanos();
        }
        Failure failure = failure(isOneAccount, now);
        if (failure != null) {
            Optional<UpstreamHealth> other = replacement(failure, now);
            if (other.isPresent()) {
                return new FailoverDecision.Switch(other.get().id(), false, failure.reason());
            }
        }
        return comeBack(now);
    }

    private @Nullable Failure failure(BooleanSupplier isOneAccount, long now) {
        if (upstreams.size() == 1) {
            return null;
        }
        if (active.isSilentFor(settings.after().toNanos(), now)) {
            return new Failure("no good mining info for " + secs(settings.after()), true, null);
        }
        if (active.isBehind(now)) {
            return new Failure("its height has been behind for a minute", false, null);
        }
        if (areAccountsRefused) {
            return new Failure("it refuses all accounts", false, ForwardingFailure.ACCOUNTS_REFUSED);
        }
        if (verdicts.isFailed(isOneAccount, now)) {
            return new Failure(
                    "it answers polls, but gave no verdict on a nonce for " + secs(settings.after().multipliedBy(2)),
                    false,
                    ForwardingFailure.NO_VERDICT);
        }
        return null;
    }

    private static String secs(Duration time) {
        return time.toMillis() % 1_000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    /** Another upstream that answers. Where the active one still answers, it has to be without any fault. */
    private Optional<UpstreamHealth> replacement(Failure failure, long now) {
        Predicate<UpstreamHealth> answers =
                other -> other != active && other.answersWithin(patience(), now);
        return upstreams.stream()
                .filter(answers)
                .filter(other -> failure.isSilent() || faults(other, now) == 0)
                .min(preference(now));
    }

    /** An upstream that is not active is polled less often, and its answer may be as old. */
    private long patience() {
        return Math.max(settings.after().toNanos(), 2 * settings.standbyInterval().toNanos());
    }

    private Comparator<UpstreamHealth> preference(long now) {
        return Comparator.comparingInt((UpstreamHealth other) -> faults(other, now))
                .thenComparingInt(upstreams::indexOf);
    }

    private int faults(UpstreamHealth other, long now) {
        if (!other.sharesRoundWith(active)) {
            return 2;
        }
        return other.isForwardingFailed() || other.isSynchronising() || other.isBehind(now) ? 1 : 0;
    }

    private FailoverDecision comeBack(long now) {
        for (UpstreamHealth preferred : upstreams.subList(0, Math.max(0, upstreams.indexOf(active)))) {
            boolean mayReturn = preferred.wasGoodFor(returnNanos, now)
                    && preferred.sharesRoundWith(active)
                    && !preferred.isLowerThan(active);
            if (mayReturn && !preferred.isForwardingFailed()) {
                return new FailoverDecision.Switch(
                        preferred.id(), true, "it has answered for " + secs(Duration.ofNanos(returnNanos)));
            }
            if (mayReturn && preferred.isProbeDue(returnNanos, now)) {
                return new FailoverDecision.Probe(preferred.id());
            }
        }
        return STAY;
    }

    /**
     * The switch was made.
     *
     * @param done as decided
     */
    public void switched(FailoverDecision.Switch done, BooleanSupplier isOneAccount, long now) {
        UpstreamHealth next = find(done.id()).orElseThrow();
        if (done.isReturn()) {
            returned = now;
        } else {
            rememberFailover(isOneAccount, now);
        }
        active = next;
        areAccountsRefused = false;
        verdicts = newWatch();
        compareAll(now);
    }

    private void rememberFailover(BooleanSupplier isOneAccount, long now) {
        Failure failure = failure(isOneAccount, now);
        if (failure != null && failure.forwarding() != null) {
            active.forwardingFailed(Objects.requireNonNull(failure.forwarding()));
        }
        if (returned != null && now - returned < HOUR) {
            returnNanos = Math.min(2 * returnNanos, Math.max(LONGEST_RETURN, settings.returnAfter().toNanos()));
        }
        failedOver = now;
    }

    // ---- for display and polling

    /** {@return whether all upstreams are to be polled at the short interval, as the active one has trouble} */
    public boolean isAlarmed(long now) {
        return !active.isGood() || verdicts.hasTrouble() || areAccountsRefused || active.isBehind(now);
    }

    /** {@return how an upstream is} */
    public UpstreamState state(String id, long now) {
        UpstreamHealth upstream = find(id).orElse(null);
        if (upstream == null || !upstream.wasAsked()) {
            return UpstreamState.UNKNOWN;
        }
        if (!upstream.isGood()) {
            return UpstreamState.UNREACHABLE;
        }
        if (upstream.isStrangeFor(2 * settings.standbyInterval().toNanos(), now)) {
            return UpstreamState.ANOTHER_CHAIN;
        }
        if (upstream.isForwardingFailed()
                || (upstream == active && verdicts.isFailed(() -> true, now))) {
            return UpstreamState.NOT_FORWARDING;
        }
        if (upstream.isSynchronising()) {
            return UpstreamState.SYNCHRONISING;
        }
        return upstream.isBehind(now) ? UpstreamState.BEHIND : UpstreamState.OK;
    }

    /** {@return the time of good answers after which a preferred upstream returns now} */
    Duration returnAfter() {
        return Duration.ofNanos(returnNanos);
    }
}
