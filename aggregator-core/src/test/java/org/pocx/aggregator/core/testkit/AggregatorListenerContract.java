package org.pocx.aggregator.core.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamState;
import org.pocx.aggregator.core.upstream.UpstreamStatus;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/** What every {@link AggregatorListener} must bear: extend it beside each one. */
@Timeout(180)
public abstract class AggregatorListenerContract {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final MinerId MINER = new MinerId("10.0.0.1", "rig");
    private static final MiningInfo ROUND = Nonces.round(100);
    private static final List<UpstreamTrouble> TROUBLES = List.of(
            UpstreamTrouble.busy("later"),
            UpstreamTrouble.upstreamBusy("").withRetryAfter(Duration.ofSeconds(30)),
            UpstreamTrouble.walletLocked("locked"),
            UpstreamTrouble.timedOut("timed out"),
            UpstreamTrouble.LOST_IN_OUTAGE,
            UpstreamTrouble.unauthorized("no such user"),
            UpstreamTrouble.unknownError(new UpstreamMessage("what?", Long.toString(Long.MIN_VALUE))));

    private AggregatorListener listener;

    /** Makes yours, as new. */
    protected abstract AggregatorListener open();

    @BeforeEach
    void openListener() {
        listener = open();
    }

    private static FateChanged event(NonceSubmission nonce, @Nullable Fate before, Fate after, String words) {
        return Events.fateChanged(nonce, MINER, before, after, nonce.rawQuality(), words, AT, Duration.ofMillis(5));
    }

    /** A nonce that came in, was sent, and had that end. */
    private void tell(NonceSubmission nonce, Fate end) {
        FateChanged received = event(nonce, null, Fate.FILTERED, "");
        listener.on(new AggregatorEvent.MinerSeen(MINER));
        listener.on(received);
        listener.on(event(nonce, Fate.FILTERED, Fate.PENDING, ""));
        listener.on(Events.forwarded(received.nonce()));
        listener.on(event(nonce, Fate.PENDING, end, "bad \u0007 words"));
    }

    private void tellEverything() {
        listener.on(new AggregatorEvent.Started(StoredFarm.EMPTY));
        listener.on(Events.opened(ROUND));
        listener.on(Events.reannounced(ROUND));
        long nonces = 0;
        for (Fate end : List.of(Fate.SUPERSEDED, Fate.CONFIRMED, Fate.REJECTED, Fate.STALE, Fate.EXPIRED)) {
            tell(Nonces.nonce(ROUND, 1, ++nonces, 50), end);
        }
        listener.on(event(Nonces.nonce(Nonces.round(7), 2, 1, 50), null, Fate.REFUSED, "unknown round"));
        ReceivedNonce nonce = new ReceivedNonce(Nonces.nonce(ROUND, 1, 9, 50), MINER, AT);
        listener.on(new AggregatorEvent.Forwarded(nonce, Optional.of("the upstream may have restarted")));
        listener.on(new AggregatorEvent.NonceRepeated(nonce));
        for (UpstreamTrouble trouble : TROUBLES) {
            listener.on(Events.delayed(nonce, trouble));
            listener.on(new AggregatorEvent.Delayed(nonce, trouble, true));
            listener.on(Events.down(trouble));
            listener.on(Events.stillDown(trouble, Duration.ofDays(400)));
            listener.on(new AggregatorEvent.UpstreamUp(Duration.ZERO));
        }
        listener.on(new AggregatorEvent.Held(nonce, UpstreamMessage.of("no verdict yet")));
        listener.on(new AggregatorEvent.MachineSuspected(MINER, ""));
        listener.on(new AggregatorEvent.AccountAccepted(Nonces.account(1)));
        listener.on(new AggregatorEvent.RequestsMisfit(Optional.of(new UpstreamMessage("what?", "-8"))));
        listener.on(new AggregatorEvent.RequestsMisfit(Optional.empty()));
        listener.on(new AggregatorEvent.Synchronising(Optional.of("it says so")));
        listener.on(new AggregatorEvent.Synchronising(Optional.empty()));
        listener.on(new AggregatorEvent.UpstreamSwitched("home", "second", false, "no good mining info for 10 s"));
        listener.on(new AggregatorEvent.UpstreamSwitched("second", "home", true, "it has answered for 30 s"));
        for (UpstreamState state : UpstreamState.values()) {
            listener.on(new AggregatorEvent.UpstreamStateChanged(new UpstreamStatus(
                    "second", false, state, Optional.of(Duration.ofMillis(3)), Optional.of("bad \u0007 words"))));
        }
        listener.on(new AggregatorEvent.ClockChanged(Duration.ofDays(-1)));
        listener.on(new AggregatorEvent.StoreDown("the disk is full", true));
        listener.on(new AggregatorEvent.StoreDown("the disk is gone", false));
        listener.on(new AggregatorEvent.StoreUp(Duration.ofSeconds(3)));
        listener.on(new AggregatorEvent.StoreWritten(Duration.ofMillis(1)));
        listener.on(Events.revived(ROUND));
        listener.on(new AggregatorEvent.Stopped());
    }

    @Test
    void eachEvent_isTaken() {
        assertThatCode(this::tellEverything).doesNotThrowAnyException();
    }

    @Test
    void nonceBeforeAnyRound_isTaken() {
        assertThatCode(() -> tell(Nonces.nonce(ROUND, 1, 1, 50), Fate.CONFIRMED)).doesNotThrowAnyException();
    }

    @Test
    void nonceOfARoundThatNobodyAnnounced_isTaken() {
        listener.on(new AggregatorEvent.Started(StoredFarm.EMPTY));
        listener.on(Events.opened(ROUND));

        assertThatCode(() -> tell(Nonces.nonce(Nonces.round(3), 1, 1, 50), Fate.REJECTED)).doesNotThrowAnyException();
    }

    @Test
    void figuresAboveTheSignedRange_areTaken() {
        MiningInfo high = new MiningInfo(ROUND.generationSignature(), -1, -1, Nonces.hash(9));
        listener.on(new AggregatorEvent.Started(StoredFarm.EMPTY));

        assertThatCode(() -> {
            listener.on(Events.opened(high));
            tell(Nonces.nonce(high, 1, -1, -1), Fate.CONFIRMED);
            tell(Nonces.nonce(high, 1, 0, 0), Fate.CONFIRMED);
        }).doesNotThrowAnyException();
    }

    @Test
    void noncesOfManyThreads_areTaken() {
        listener.on(new AggregatorEvent.Started(StoredFarm.EMPTY));
        listener.on(Events.opened(ROUND));

        assertThatCode(() -> IntStream.range(0, 5_000).parallel()
                .forEach(number -> tell(Nonces.nonce(ROUND, number % 50, number, number),
                        number % 7 == 0 ? Fate.REJECTED : Fate.CONFIRMED)))
                .doesNotThrowAnyException();
    }
}
