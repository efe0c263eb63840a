package org.pocx.aggregator.core.forward;

import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * What all lanes share: what the outcomes of attempts say about accounts, request forms, machines and restarts of the
 * upstream. Thread-safe, as all of its parts are.
 */
record UpstreamKnowledge(
        RefusedAccounts refusedAccounts, RequestForms forms, Incarnation incarnation, MachineTrust trust) {

    /** A nonce was received for the first time. */
    void received(Candidate candidate, MachineTrust.InRound machines) {
        if (refusedAccounts.contains(candidate.accountId())) {
            machines.refusedAccount(candidate.machine(), candidate.accountId());
        }
    }

    /**
     * An attempt to send a nonce ended.
     *
     * @param isMisfitAlone whether a misfit says something of this nonce only
     */
    void attemptEnded(
            Candidate candidate,
            SubmitOutcome outcome,
            Attempt.Cut cut,
            boolean isMisfitAlone,
            MachineTrust.InRound machines,
            LaneStep step) {
        learn(candidate, outcome, isMisfitAlone, machines, step);
        if (outcome instanceof SubmitOutcome.Accepted accepted
                && (accepted.isTakenOver()
                        || Long.compareUnsigned(accepted.rawQuality(), candidate.rawQuality()) <= 0)) {
            trust.confirmed(candidate.machine(), step.facts().now());
        } else if (outcome instanceof SubmitOutcome.Accepted) {
            countBadNonce(candidate, outcome, machines, step);
        }
        if (outcome instanceof UpstreamTrouble trouble
                && trouble.kind() == UpstreamTrouble.Kind.CONNECTION_REFUSED
                && !Lane.isLostInOutage(outcome, cut)) {
            incarnation.connectionRefused();
        }
    }

    /** An attempt to send a confirmed nonce again ended. */
    void resendEnded(
            Candidate candidate,
            SubmitOutcome outcome,
            MachineTrust.InRound machines,
            LaneStep step) {
        if (Lane.isRejection(candidate, outcome)) {
            trust.withdraw(candidate.machine());
        }
        learn(candidate, outcome, false, machines, step);
    }

    /** The verification of a nonce ended: it is worth as much as the upstream's word. */
    void verified(Candidate candidate, Verification verification, MachineTrust.InRound machines, LaneStep step) {
        if (verification.proves(candidate)) {
            trust.confirmed(candidate.machine(), step.facts().now());
        } else if (verification instanceof Verification.Computed computed
                && verification.disproves(candidate)
                && machines.falseClaim(candidate.machine())) {
            step.publish(new AggregatorEvent.MachineSuspected(
                    candidate.nonce().miner(),
                    Reason.falseClaim(candidate.rawQuality(), computed.rawQuality()).message().text()));
        }
    }

    private void learn(
            Candidate candidate,
            SubmitOutcome outcome,
            boolean isMisfitAlone,
            MachineTrust.InRound machines,
            LaneStep step) {
        String account = candidate.accountId();
        refusedAccounts.probeEnded(account);
        switch (outcome) {
            case SubmitOutcome.Accepted accepted -> {
                fits(candidate, step);
                if (refusedAccounts.accepted(account)) {
                    step.publish(new AggregatorEvent.AccountAccepted(account));
                }
            }
            case SubmitOutcome.Rejected rejected -> {
                fits(candidate, step);
                if (rejected.badProof()) {
                    countBadNonce(candidate, outcome, machines, step);
                }
            }
            case SubmitOutcome.Filtered filtered -> fits(candidate, step);
            case SubmitOutcome.Held held -> {
                fits(candidate, step);
                refusedAccounts.undecided(account, step.facts().now());
            }
            case SubmitOutcome.Stale stale -> fits(candidate, step);
            case UpstreamTrouble trouble -> learn(candidate, trouble, isMisfitAlone, machines, step);
        }
    }

    private void learn(
            Candidate candidate,
            UpstreamTrouble trouble,
            boolean isMisfitAlone,
            MachineTrust.InRound machines,
            LaneStep step) {
        switch (trouble.kind()) {
            case ACCOUNT_REFUSED -> {
                fits(candidate, step);
                refusedAccounts.refused(candidate.accountId(), trouble.message(), step.facts().now());
                machines.refusedAccount(candidate.machine(), candidate.accountId());
            }
            case MISFIT -> {
                if (!isMisfitAlone && forms.misfit(candidate.submission(), trouble.message())) {
                    step.add(new LaneEffect.PublishRequestForms(forms));
                }
            }
            case WALLET_LOCKED -> fits(candidate, step);
            case BUSY, UPSTREAM_BUSY, UNREACHABLE, TIMED_OUT, CONNECTION_REFUSED, UNAUTHORIZED, UNKNOWN_ERROR -> {}
        }
    }

    private void fits(Candidate candidate, LaneStep step) {
        if (forms.fits(candidate.submission())) {
            step.add(new LaneEffect.PublishRequestForms(forms));
        }
    }

    private static void countBadNonce(
            Candidate candidate, SubmitOutcome outcome, MachineTrust.InRound machines, LaneStep step) {
        if (machines.badNonce(candidate.machine())) {
            String message = Reason.of(outcome, candidate.rawQuality()).message().text();
            step.publish(new AggregatorEvent.MachineSuspected(candidate.nonce().miner(), message));
        }
    }
}
