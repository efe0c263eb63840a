package org.pocx.aggregator.core.forward;

import static org.pocx.aggregator.core.testkit.Nonces.account;
import static org.pocx.aggregator.core.testkit.Nonces.hash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
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
            return new SubmitOutcome.Stale(new UpstreamMessage("Block hash mismatch", "-26"));
        }
        if (isRefused(submission.accountId())) {
            return UpstreamTrouble.accountRefused(new UpstreamMessage("no such account", "-32007"));
        }
        if (!isGood(submission)) {
            return new SubmitOutcome.Rejected(new UpstreamMessage("PoCX validation failed", "-26"), true);
        }
        ledger.merge(key(submission), worth(submission), Math::min);
        return new SubmitOutcome.Accepted(worth(submission));
    }

    /** Another aggregator says that it has one that is at least as good, where that can be; else it judges the nonce. */
    SubmitOutcome filter(NonceSubmission submission) {
        if (forgetful || !isOfCurrentRound(submission) || isRefused(submission.accountId())) {
            return judge(submission);
        }
        ledger.merge(key(submission), submission.rawQuality(), Math::min);
        return new SubmitOutcome.Filtered();
    }

    /** The round and filter key of a nonce. */
    String key(NonceSubmission submission) {
        return submission.blockHash() + "/" + filter.keyOf(submission);
    }

    static SubmitOutcome trouble(int choice) {
        Duration retryAfter = Duration.ofSeconds(choice / 8 % 40);
        return switch (choice % 8) {
            case 0 -> UpstreamTrouble.connectionRefused("refused");
            case 1 -> UpstreamTrouble.timedOut("timed out");
            case 2 -> UpstreamTrouble.busy("busy");
            case 3 -> UpstreamTrouble.upstreamBusy("503").withRetryAfter(retryAfter);
            case 4 -> UpstreamTrouble.walletLocked("locked");
            case 5 -> UpstreamTrouble.unauthorized("401");
            case 6 -> UpstreamTrouble.unknownError(new UpstreamMessage("what is that", "-7"));
            default -> new SubmitOutcome.Stale(new UpstreamMessage("stale", "-32003"));
        };
    }
}
