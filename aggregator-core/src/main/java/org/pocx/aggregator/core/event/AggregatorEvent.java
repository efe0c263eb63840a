package org.pocx.aggregator.core.event;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamStatus;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/** Something that happened in an aggregator. Immutable. Nothing in it is null, except what a component says. */
public sealed interface AggregatorEvent {

    /**
     * The aggregator starts. Published once, before the nonces of the outbox and before all other events.
     *
     * @param farm what the store remembers; {@link StoredFarm#EMPTY} for a new store
     */
    record Started(StoredFarm farm) implements AggregatorEvent {}

    /**
     * The aggregator has stopped: no nonce changes any more. The last event, except those of the store, which writes what is
     * left. Not published by an aggregator that never started.
     */
    record Stopped() implements AggregatorEvent {}

    /**
     * The upstream announced a round.
     *
     * @param info the announcement
     * @param kind how it changes the current round
     */
    record RoundChanged(MiningInfo info, Kind kind) implements AggregatorEvent {
        /** How an announcement changes the current round. */
        public enum Kind {
            /** A block hash that is not open: a new round. */
            OPENED,
            /** An open round became the current one again (a fork). */
            REVIVED,
            /** The current round has another height, generation signature or base target. */
            REANNOUNCED
        }
    }

    /**
     * A machine asked for mining info or submitted a nonce.
     *
     * @param miner the machine that sent the request
     */
    record MinerSeen(MinerId miner) implements AggregatorEvent {}

    /**
     * The fate of a nonce changed. A nonce that is received for the first time has exactly one event without {@code before}.
     *
     * @param nonce the nonce
     * @param before its former fate; null when the nonce has just been received
     * @param after its fate now, another one
     * @param confirmedRawQuality u64; where {@code before} or {@code after} is {@linkplain Fate#isAccepted accepted} the confirmed
     *     quality, otherwise the claim
     * @param message the reason, from the upstream or from the aggregator; may be empty
     * @param sinceReceived monotonic time since the nonce was received; for a restored nonce at least the time since then
     * @param badProof whether it was rejected because of its proof, which indicates a fault of its machine
     * @param unsent whether it was rejected without being sent, because the {@link
     *     org.pocx.aggregator.core.filter.NonceVerifier} found that its claim is false; then {@code badProof} is true, too
     */
    record FateChanged(
            ReceivedNonce nonce,
            @Nullable Fate before,
            Fate after,
            long confirmedRawQuality,
            String message,
            Duration sinceReceived,
            boolean badProof,
            boolean unsent) implements AggregatorEvent {

        /**
         * A change that the upstream or the rules decided, not a verifier.
         *
         * @param nonce the nonce
         * @param before its former fate, or null
         * @param after its fate now
         * @param confirmedRawQuality u64
         * @param message the reason; may be empty
         * @param sinceReceived monotonic time
         * @param badProof whether it was rejected because of its proof
         */
        public FateChanged(
                ReceivedNonce nonce,
                @Nullable Fate before,
                Fate after,
                long confirmedRawQuality,
                String message,
                Duration sinceReceived,
                boolean badProof) {
            this(nonce, before, after, confirmedRawQuality, message, sinceReceived, badProof, false);
        }

        /** {@return true when the nonce has just been received for the first time} */
        public boolean isReceived() {
            return before == null;
        }

        /** {@return true when the upstream confirmed a worse quality than the miner claimed} */
        public boolean isOverClaim() {
            return Long.compareUnsigned(confirmedRawQuality, nonce.submission().rawQuality()) > 0;
        }
    }

    /**
     * A machine sent a nonce that had been received before, as far as is known not from this machine. It changes no fate and
     * no count.
     *
     * @param nonce as it was sent this time. The machine may be the one that sent it first: how long that is remembered
     *     depends on what became of the nonce
     */
    record NonceRepeated(ReceivedNonce nonce) implements AggregatorEvent {}

    /**
     * A nonce is being sent to the upstream. Published for each attempt.
     *
     * @param nonce the nonce
     * @param resendReason why a confirmed nonce is sent again; empty for a nonce that is not confirmed
     */
    record Forwarded(ReceivedNonce nonce, Optional<String> resendReason) implements AggregatorEvent {}

    /**
     * An attempt to send a nonce ended without a verdict.
     *
     * @param nonce the nonce
     * @param trouble the reason
     * @param confirmed whether it was a confirmed nonce that was sent again
     */
    record Delayed(ReceivedNonce nonce, UpstreamTrouble trouble, boolean confirmed) implements AggregatorEvent {}

    /**
     * An attempt to send a nonce ended because the upstream, another aggregator, keeps the nonce and has no verdict yet. It is
     * asked again.
     *
     * @param nonce the nonce
     * @param message from the upstream
     */
    record Held(ReceivedNonce nonce, UpstreamMessage message) implements AggregatorEvent {}

    /**
     * A machine submitted its third bad nonce of this round (rejected, or confirmed worse than claimed). It ranks behind the
     * others for the rest of the round.
     *
     * @param miner the machine
     * @param message the upstream's error message for the third bad nonce; may be empty
     */
    record MachineSuspected(MinerId miner, String message) implements AggregatorEvent {}

    /**
     * The upstream accepts nonces of an account again that it refused before.
     *
     * @param accountId 40 lower-case hex characters
     */
    record AccountAccepted(String accountId) implements AggregatorEvent {}

    /**
     * A poll failed.
     *
     * @param trouble the reason
     * @param outage time since the outage began; zero for the event that begins the outage
     * @param first whether this event begins the outage
     */
    record UpstreamDown(UpstreamTrouble trouble, Duration outage, boolean first) implements AggregatorEvent {}

    /**
     * The upstream answers, for the first time or again.
     *
     * @param outage how long it did not answer; zero for the first answer after the start, unless a poll failed before
     */
    record UpstreamUp(Duration outage) implements AggregatorEvent {}

    /**
     * Another upstream has become the active one.
     *
     * @param from the name of the former one
     * @param to the name of the one that is active now
     * @param isReturn whether it is preferred to the former one and works again; otherwise the former one failed, or is not
     *     configured any more
     * @param reason for an operator, without a full stop
     */
    record UpstreamSwitched(String from, String to, boolean isReturn, String reason) implements AggregatorEvent {}

    /**
     * One of several upstreams is in another state. The active one's outages are {@link UpstreamDown} and {@link UpstreamUp}
     * instead.
     *
     * @param upstream how it is now
     */
    record UpstreamStateChanged(UpstreamStatus upstream) implements AggregatorEvent {}

    /**
     * The upstream cannot process our requests (another version, or a node without a wallet), or can again. Published when
     * that changes.
     *
     * @param message the upstream's error message; empty when it can process all requests again
     */
    record RequestsMisfit(Optional<UpstreamMessage> message) implements AggregatorEvent {}

    /**
     * The upstream synchronises with its network, or no longer does. Published when that changes. Nonces for rounds of a
     * synchronising node are most likely worth nothing.
     *
     * @param evidence how that was detected, one line; empty when it no longer synchronises
     */
    record Synchronising(Optional<String> evidence) implements AggregatorEvent {}

    /**
     * The wall clock of the computer changed by more than time passed: it was set, or the computer slept.
     *
     * @param by how far forward; negative when it was set back
     */
    record ClockChanged(Duration by) implements AggregatorEvent {}

    /**
     * The store cannot be written.
     *
     * @param reason one line for an operator
     * @param first whether this event begins the outage; otherwise only the reason changed
     */
    record StoreDown(String reason, boolean first) implements AggregatorEvent {}

    /**
     * The store can be written again, and has all changes of the outage.
     *
     * @param outage how long it could not be written
     */
    record StoreUp(Duration outage) implements AggregatorEvent {}

    /**
     * A change is on disk. Published for each change, thousands per second.
     *
     * @param took time since it was passed to the store
     */
    record StoreWritten(Duration took) implements AggregatorEvent {}
}
