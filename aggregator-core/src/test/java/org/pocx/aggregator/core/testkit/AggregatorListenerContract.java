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
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.event.NonceEvent;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.store.FarmEvent;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/** What every {@link AggregatorListener} must bear: extend it beside each one. */
@Timeout(180)
public abstract class AggregatorListenerContract {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final MinerId MINER = new MinerId("10.0.0.1", "rig");
    private static final MiningInfo ROUND = Nonces.round(100);
    private static final List<UpstreamTrouble> TROUBLES = List.of(
            new UpstreamTrouble.Busy("later", UpstreamTrouble.Busy.Scope.LANE, Optional.empty()),
            new UpstreamTrouble.Busy("", UpstreamTrouble.Busy.Scope.UPSTREAM, Optional.of(Duration.ofSeconds(30))),
            new UpstreamTrouble.WalletLocked("locked"),
            new UpstreamTrouble.Unreachable("timed out", true),
            UpstreamTrouble.Unreachable.SWALLOWED_BY_OUTAGE,
            new UpstreamTrouble.Unauthorized("no such user"),
            new UpstreamTrouble.UnknownCode(Long.MIN_VALUE, "what?"));

    private AggregatorListener listener;

    /** Makes yours, as new. */
    protected abstract AggregatorListener open();

    @BeforeEach
    void openListener() {
        listener = open();
    }

    private static NonceEvent event(NonceSubmission nonce, @Nullable Fate before, Fate after, String words) {
        return new NonceEvent(nonce, MINER, before, after, nonce.rawQuality(), words, AT, Duration.ofMillis(5));
    }

    /** A nonce that came in, was sent, and had that end. */
    private void tell(NonceSubmission nonce, Fate end) {
        listener.minerSeen(MINER);
        listener.received(event(nonce, null, Fate.FILTERED, ""));
        listener.filtered(event(nonce, null, Fate.FILTERED, ""));
        listener.queued(event(nonce, Fate.FILTERED, Fate.PENDING, ""));
        listener.forwarded(event(nonce, Fate.PENDING, Fate.PENDING, ""));
        NonceEvent ended = event(nonce, Fate.PENDING, end, "bad \u0007 words");
        switch (end) {
            case SUPERSEDED -> listener.superseded(ended);
            case CONFIRMED -> listener.confirmed(ended);
            case REJECTED -> listener.rejected(ended);
            case STALE -> listener.stale(ended);
            case EXPIRED -> listener.expired(ended);
            case REFUSED, FILTERED, PENDING -> throw new IllegalArgumentException("no end: " + end);
        }
    }

    private void tellEverything() {
        listener.started();
        listener.newRound(ROUND, false);
        listener.roundChanged(ROUND);
        long nonces = 0;
        for (Fate end : List.of(Fate.SUPERSEDED, Fate.CONFIRMED, Fate.REJECTED, Fate.STALE, Fate.EXPIRED)) {
            tell(Nonces.nonce(ROUND, 1, ++nonces, 50), end);
        }
        listener.refused(event(Nonces.nonce(Nonces.round(7), 2, 1, 50), null, Fate.REFUSED, "unknown round"));
        for (UpstreamTrouble trouble : TROUBLES) {
            listener.delayed(event(Nonces.nonce(ROUND, 1, 9, 50), Fate.PENDING, Fate.PENDING, ""), trouble);
            listener.upstreamDown(trouble);
            listener.upstreamStillDown(trouble, Duration.ofDays(400));
            listener.upstreamUp(Duration.ZERO);
        }
        listener.suspected(MINER, "");
        listener.minerSilent(MINER, 5);
        listener.minerBack(MINER, Duration.ofHours(1));
        listener.clockSet(Duration.ofDays(-1));
        listener.storeDown("the disk is full");
        listener.storeStillDown("the disk is gone");
        listener.storeUp(Duration.ofSeconds(3));
        long events = 0;
        for (FarmEvent.Kind kind : FarmEvent.Kind.values()) {
            listener.logged(new FarmEvent(++events, AT, kind, 0, "", "", 0, 0, 1, ""));
        }
        listener.newRound(ROUND, true);
        listener.stopped();
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
        listener.started();
        listener.newRound(ROUND, false);

        assertThatCode(() -> tell(Nonces.nonce(Nonces.round(3), 1, 1, 50), Fate.REJECTED)).doesNotThrowAnyException();
    }

    @Test
    void figuresAboveTheSignedRange_areTaken() {
        MiningInfo high = new MiningInfo(ROUND.generationSignature(), -1, -1, Nonces.hash(9));
        listener.started();

        assertThatCode(() -> {
            listener.newRound(high, false);
            tell(Nonces.nonce(high, 1, -1, -1), Fate.CONFIRMED);
            tell(Nonces.nonce(high, 1, 0, 0), Fate.CONFIRMED);
        }).doesNotThrowAnyException();
    }

    @Test
    void noncesOfManyThreads_areTaken() {
        listener.started();
        listener.newRound(ROUND, false);

        assertThatCode(() -> IntStream.range(0, 5_000).parallel()
                .forEach(number -> tell(Nonces.nonce(ROUND, number % 50, number, number),
                        number % 7 == 0 ? Fate.REJECTED : Fate.CONFIRMED)))
                .doesNotThrowAnyException();
    }
}
