package org.pocx.aggregator.core.forward;

import static org.pocx.aggregator.core.testkit.Nonces.account;
import static org.pocx.aggregator.core.testkit.Nonces.hash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/** The upstream and its chain: what is being mined, what each nonce is worth, and what was confirmed. */
final class ModelChain {
    /** The account that the upstream does not know, until the trouble is over. */
    static final int UNKNOWN_ACCOUNT = 3;

    /** The account about which the upstream changes its mind. */
    private static final int CHANGING_ACCOUNT = 2;

    private static final long EXAGGERATION = 1_000;
    private static final long BASE_TARGET = 1_000_000;

    /** The claims of the model have a poc_time of minutes then, so that there is time to verify them. */
    private static final long LOW_BASE_TARGET = 1;

    private static final long NO_QUALITY = -1L;

    /** What a nonce is worth, which the aggregator does not know. */
    enum Truth {
        AS_CLAIMED,
        WORSE,
        BAD
    }

    /** By round and filter key: the best that the upstream accepted, and has not forgotten. */
    final Map<String, Long> ledger = new HashMap<>();

    private final Map<NonceSubmission, Truth> truths = new HashMap<>();
    private final List<MiningInfo> announced = new ArrayList<>();
    private MiningInfo current;
    private int blocks;

    private final SubmissionFilter filter;
    private final boolean forgetful;
    private final long baseTarget;
    private final Set<String> refusedAccounts = new HashSet<>(Set.of(account(UNKNOWN_ACCOUNT)));

    /**
     * @param forgetful whether it keeps what it accepted in memory, and of the current round only
     * @param leavesTime whether nonces have a long poc_time
     */
    ModelChain(SubmissionFilter filter, boolean forgetful, boolean leavesTime) {
        this.filter = filter;
        this.forgetful = forgetful;
        this.baseTarget = leavesTime ? LOW_BASE_TARGET : BASE_TARGET;
        this.current = next(1);
    }

    private MiningInfo next(long height) {
        blocks++;
        MiningInfo info = new MiningInfo(hash(0x9000 + blocks), baseTarget, height, hash(blocks));
        announced.add(info);
        return info;
    }

    MiningInfo current() {
        return current;
    }

    void nextBlock() {
        mine(next(current.height() + 1));
    }

    void otherBlockAtTheSameHeight() {
        mine(next(current.height()));
    }

    void forkBack(int choice) {
        mine(announced.get(announced.size() - 1 - choice % Math.min(3, announced.size())));
    }

    private void mine(MiningInfo round) {
        boolean another = !round.blockHash().equals(current.blockHash());
        current = round;
        if (forgetful && another) {
            ledger.clear();
        }
    }

    /** The node has begun anew. */
    void forget() {
        ledger.clear();
    }

    /** The wallet of an account is loaded, or is not any more. */
    void changeAccount() {
        String account = account(CHANGING_ACCOUNT);
        if (!refusedAccounts.remove(account)) {
            refusedAccounts.add(account);
        }
    }

    /** From now on it accepts nonces of all accounts. */
    void acceptAllAccounts() {
        refusedAccounts.clear();
    }

    boolean isRefused(String accountId) {
        return refusedAccounts.contains(accountId);
    }

    void otherForm() {
        current = new MiningInfo(
                current.generationSignature(), current.baseTarget() + 1, current.height(), current.blockHash());
    }

    NonceSubmission nonce(MiningInfo round, int account, long nonce, long claim, Truth truth) {
        NonceSubmission submission = NonceSubmission.builder()
                .round(round)
                .accountId(account(account))
                .seed(hash(77))
                .nonce(nonce)
                .compression(1)
                .rawQuality(claim)
                .build();
        truths.put(submission, truth);
        return submission;
    }

    /** Some block that was being mined lately, mostly the current one. */
    MiningInfo someRound(int choice) {
        return choice % 5 > 0
                ? current
                : announced.get(announced.size() - 1 - (choice / 5) % Math.min(3, announced.size()));
    }

    boolean isOfCurrentRound(NonceSubmission submission) {
        return submission.blockHash().equals(current.blockHash())
                && submission.height() == current.height()
                && submission.generationSignature().equals(current.generationSignature())
                && submission.baseTarget() == current.baseTarget();
    }

    boolean isGood(NonceSubmission submission) {
        return truths.get(submission) != Truth.BAD;
    }

    long worth(NonceSubmission submission) {
        return submission.rawQuality() + (truths.get(submission) == Truth.WORSE ? EXAGGERATION : 0);
    }

    /** What a verifier computes. */
    long computed(NonceSubmission submission) {
        return isGood(submission) ? worth(submission) : NO_QUALITY;
    }

    SubmitOutcome judge(NonceSubmission submission) {
        if (!isOfCurrentRound(submission)) {
            return new SubmitOutcome.Stale(-26, "Block hash mismatch");
        }
        if (isRefused(submission.accountId())) {
            return new UpstreamTrouble.AccountRefused(-32007, "no such account");
        }
        if (!isGood(submission)) {
            return new SubmitOutcome.Rejected(-26, "PoCX validation failed", true);
        }
        ledger.merge(key(submission), worth(submission), Math::min);
        return new SubmitOutcome.Accepted(worth(submission));
    }

    /** The round and filter key of a nonce. */
    String key(NonceSubmission submission) {
        return submission.blockHash() + "/" + filter.keyOf(submission);
    }

    static SubmitOutcome trouble(int choice) {
        Optional<Duration> retryAfter = Optional.of(Duration.ofSeconds(choice / 8 % 40));
        return switch (choice % 8) {
            case 0 -> new UpstreamTrouble.Unreachable("refused", false, true);
            case 1 -> new UpstreamTrouble.Unreachable("timed out", true);
            case 2 -> new UpstreamTrouble.Busy("busy", UpstreamTrouble.Busy.Scope.LANE, Optional.empty());
            case 3 -> new UpstreamTrouble.Busy("503", UpstreamTrouble.Busy.Scope.UPSTREAM, retryAfter);
            case 4 -> new UpstreamTrouble.WalletLocked("locked");
            case 5 -> new UpstreamTrouble.Unauthorized("401");
            case 6 -> new UpstreamTrouble.UnknownCode(-7, "what is that");
            default -> new SubmitOutcome.Stale(-32003, "stale");
        };
    }
}
