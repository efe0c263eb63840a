package org.pocx.aggregator.core.event;

import java.time.Duration;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.store.FarmEvent;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * Hears of every step. Each method does nothing by default: override what you need.
 *
 * <p>The events of one nonce come in their order, one at a time; those of different nonces come from many threads at
 * once. The caller may hold a lock of the rules: return within microseconds, never block, never call the aggregator
 * back; hand longer work to a thread of your own. A {@code RuntimeException} of a listener is logged and disturbs neither
 * the other listeners nor the rules. Listeners are told in the order in which they were added, and nothing is null but
 * what {@link NonceEvent} says.
 *
 * <p>The contract test is {@code AggregatorListenerContract} in the test jar of this module.
 */
public interface AggregatorListener {

    /** The aggregator began to poll its upstream. */
    default void started() {}

    /**
     * Another block is being mined now.
     *
     * @param info the announcement that began the round, or revived it
     * @param revived whether it was current before (a fork back)
     */
    default void newRound(MiningInfo info, boolean revived) {}

    /**
     * The upstream announced the current round with another height, generation signature or base target.
     *
     * @param info the round's newest announcement, of the same block hash
     */
    default void roundChanged(MiningInfo info) {}

    /**
     * A machine asked for mining info or sent a nonce.
     *
     * @param miner its address, with the label that came with the request
     */
    default void minerSeen(MinerId miner) {}

    /**
     * A nonce came in for the first time; one of the events that change its fate follows at once: what became of it.
     *
     * @param event {@link NonceEvent#before} is null
     */
    default void received(NonceEvent event) {}

    /**
     * A nonce is being sent to the upstream (each attempt).
     *
     * @param event before and after are equal
     */
    default void forwarded(NonceEvent event) {}

    /**
     * An attempt ended without a verdict. The words say why.
     *
     * @param event before and after are equal
     * @param trouble what kept the upstream from a verdict
     */
    default void delayed(NonceEvent event, UpstreamTrouble trouble) {}

    /**
     * A nonce's fate changed. What each of the eight events below does where it is not overridden: for those who treat
     * them alike. Nobody else calls it.
     *
     * @param event with the states before and after
     */
    default void fateChanged(NonceEvent event) {}

    /**
     * A nonce was answered with an error.
     *
     * @param event after is {@link Fate#REFUSED}; the words are those of the error
     */
    default void refused(NonceEvent event) {
        fateChanged(event);
    }

    /**
     * A nonce is not sent, because something better is.
     *
     * @param event after is {@link Fate#FILTERED}
     */
    default void filtered(NonceEvent event) {
        fateChanged(event);
    }

    /**
     * A nonce is to be sent: a new best, a runner-up promoted, or a parked one whose round revived.
     *
     * @param event after is {@link Fate#PENDING}
     */
    default void queued(NonceEvent event) {
        fateChanged(event);
    }

    /**
     * A nonce that was to be sent made place for a better one.
     *
     * @param event after is {@link Fate#SUPERSEDED}
     */
    default void superseded(NonceEvent event) {
        fateChanged(event);
    }

    /**
     * The upstream accepted a nonce.
     *
     * @param event after is {@link Fate#CONFIRMED}, with the quality that counts
     */
    default void confirmed(NonceEvent event) {
        fateChanged(event);
    }

    /**
     * The upstream rejected a nonce for good. The words are the upstream's.
     *
     * @param event after is {@link Fate#REJECTED}
     */
    default void rejected(NonceEvent event) {
        fateChanged(event);
    }

    /**
     * The upstream called a nonce stale; it is parked with its round.
     *
     * @param event after is {@link Fate#STALE}; more may follow when its round is current again
     */
    default void stale(NonceEvent event) {
        fateChanged(event);
    }

    /**
     * A nonce ended without a verdict.
     *
     * @param event after is {@link Fate#EXPIRED}; the words say why
     */
    default void expired(NonceEvent event) {
        fateChanged(event);
    }

    /**
     * A confirmed nonce is being sent again, as the upstream may have forgotten it. Its fate does not change by that.
     *
     * @param event before and after are {@link Fate#CONFIRMED}; the words say why it is sent again
     */
    default void resent(NonceEvent event) {}

    /**
     * The upstream accepts nonces of an account again that it refused before.
     *
     * @param accountId 40 lower-case hex characters
     */
    default void accountAcceptedAgain(String accountId) {}

    /**
     * The upstream cannot process our requests: it has another version, or no wallet. Nonces are held. Told once until
     * {@link #requestsFit}.
     *
     * @param trouble the upstream's answer
     */
    default void requestsMisfit(UpstreamTrouble.Misfit trouble) {}

    /** The upstream processes our requests again after {@link #requestsMisfit}. */
    default void requestsFit() {}

    /**
     * The upstream is still synchronising with its network: nonces for its rounds are most likely worth nothing. Told
     * once until {@link #upstreamSynchronised}.
     *
     * @param evidence how that was found out, one line
     */
    default void upstreamSynchronising(String evidence) {}

    /** The upstream is no longer synchronising. */
    default void upstreamSynchronised() {}

    /**
     * A machine had its third bad nonce in this round (rejected, or confirmed worse than claimed), and ranks behind the
     * others for the rest of it.
     *
     * @param miner the machine whose nonces they were
     * @param words the upstream's error message on the third of them; may be empty
     */
    default void suspected(MinerId miner, String words) {}

    /**
     * A machine went silent: it gave no sign of life for as many rounds as the setting says, or it polls and sends no nonce
     * any more. Told once a silence.
     *
     * @param miner its address, with the label that it was last seen with
     * @param missedRounds rounds in a row without a nonce of it, at least 1
     */
    default void minerSilent(MinerId miner, int missedRounds) {}

    /**
     * A machine that went silent gives a sign again, or sends nonces again where they were what was missing. Told once a
     * silence that was told.
     *
     * @param miner its address, with the label that it was last seen with
     * @param silence since its last sign or nonce before
     */
    default void minerBack(MinerId miner, Duration silence) {}

    /**
     * The upstream stopped to answer, or answered nothing yet at start. Told once an outage.
     *
     * @param trouble what the last poll met
     */
    default void upstreamDown(UpstreamTrouble trouble) {}

    /**
     * Another poll failed during an outage. Told each time.
     *
     * @param trouble of this poll, which may be another than at first
     * @param since how long the outage has lasted
     */
    default void upstreamStillDown(UpstreamTrouble trouble, Duration since) {}

    /**
     * The upstream answers (again).
     *
     * @param outage how long it did not answer; zero at the first answer after the start, unless a poll failed before
     */
    default void upstreamUp(Duration outage) {}

    /**
     * The wall clock of the machine jumped: it was set, or the machine slept.
     *
     * @param by how far ahead; negative when it was set back
     */
    default void clockSet(Duration by) {}

    /**
     * The store cannot be written. Told once an outage.
     *
     * @param reason one line for an operator
     */
    default void storeDown(String reason) {}

    /**
     * The store still cannot be written, now for another reason. Told once a change of reason.
     *
     * @param reason one line for an operator
     */
    default void storeStillDown(String reason) {}

    /**
     * The store is written again.
     *
     * @param outage how long it could not be written
     */
    default void storeUp(Duration outage) {}

    /**
     * Something was written to the feed of events. One at a time, in the order of their ids.
     *
     * @param event as it was written, with its id
     */
    default void logged(FarmEvent event) {}

    /**
     * A change is durable: a nonce in the outbox, a verdict, a row of the history. Told for each, thousands a second.
     *
     * @param took since it was handed to the store
     */
    default void stored(Duration took) {}

    /** The aggregator ended. */
    default void stopped() {}
}
