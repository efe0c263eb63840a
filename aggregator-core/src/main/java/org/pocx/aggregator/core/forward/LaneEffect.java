package org.pocx.aggregator.core.forward;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.upstream.VerdictAnswer;

/** What is to be done because of a change of a {@link Lane}, after its lock was released, in the order of the changes. */
sealed interface LaneEffect {

    /** Publish an event. */
    record Publish(AggregatorEvent event) implements LaneEffect {}

    /** Publish the changes of these {@link RequestForms}. */
    record PublishRequestForms(RequestForms forms) implements LaneEffect {}

    /** Write a change that nobody waits for. */
    record Store(StoreChange change) implements LaneEffect {}

    /** Put the candidate into the outbox; its miner gets its receipt when it is durable there. */
    record StoreForReceipt(Candidate candidate) implements LaneEffect {}

    /** Give the candidate's miner its receipt. */
    record GiveReceipt(Candidate candidate) implements LaneEffect {}

    /** Give the candidate's miner its receipt if the store cannot be written: otherwise the store gives it soon. */
    record GiveReceiptWithoutStore(Candidate candidate) implements LaneEffect {}

    /** Write the verdict on a candidate. */
    record StoreVerdict(StoreChange.VerdictGiven change, Candidate candidate) implements LaneEffect {}

    /**
     * Give the miner of a candidate that has a verdict its receipt: at once if there is one upstream, which knows the nonce, or if
     * the store cannot be written; else when the candidate or its verdict is durable, because another upstream may need it.
     */
    record GiveReceiptOfVerdict(Candidate candidate) implements LaneEffect {}

    /** Give the candidate's miner its receipt as soon as another's miner gets one. */
    record GiveReceiptWith(Candidate candidate, Candidate other) implements LaneEffect {}

    /**
     * Ask for a slot: there is a candidate to be sent.
     *
     * @param rawQuality u64, what it claims
     */
    record RequestSlot(long rawQuality) implements LaneEffect {}

    /**
     * Ask for a slot to send the confirmed best again.
     *
     * @param rawQuality u64, what it claims
     */
    record RequestResendSlot(long rawQuality) implements LaneEffect {}

    /** Verify a candidate within that time, and call {@link Lane#verified} then. */
    record Verify(Candidate candidate, Duration atMost) implements LaneEffect {}

    /** There is a candidate to be sent, and as many as allowed are in flight: end an attempt that hangs. */
    record EndSlowAttempt() implements LaneEffect {}

    /** The probe of an account is not sent. */
    record EndAccountProbe(RefusedAccounts accounts, String accountId) implements LaneEffect {}

    /** Send nothing to the upstream of that id for that time; zero has no effect. */
    record PauseUpstream(Duration time, String upstream) implements LaneEffect {}

    /** Call {@link Lane#timerElapsed} with the number after that time, instead of an earlier timer. */
    record StartTimer(Duration delay, long number) implements LaneEffect {}

    /** The timer is not needed any more. */
    record CancelTimer() implements LaneEffect {}

    /** Answer the senders that wait for a verdict. */
    record AnswerVerdict(List<CompletableFuture<VerdictAnswer>> waiting, VerdictAnswer answer) implements LaneEffect {}

    /** Ask for mining info soon. */
    record RefreshMiningInfo() implements LaneEffect {}
}
