package org.pocx.aggregator.simulator.chain;

import java.util.HashSet;
import java.util.Set;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.PocTime;

/**
 * A node's checks of a nonce, in a node's order and words ({@code submit_nonce} of a Bitcoin-PoCX node): wallet, form,
 * height, block, signature, base target, compression, account, and at last the quality.
 *
 * <p>Not thread-safe: {@link SimulatedChain} owns it and guards it by its monitor.
 */
final class Judge {
    private final PocTime pocTime;
    private final int minimumCompression;
    private final Set<String> refusedAccounts = new HashSet<>();
    private boolean walletLocked;
    private ClaimPolicy claims = ClaimPolicy.REJECT;

    Judge(ChainSettings settings) {
        pocTime = PocTime.forBlockTime(settings.blockTimeSeconds());
        minimumCompression = settings.minimumCompression();
    }

    void lockWallet(boolean locked) {
        walletLocked = locked;
    }

    boolean isWalletLocked() {
        return walletLocked;
    }

    void claims(ClaimPolicy policy) {
        claims = policy;
    }

    void refuseAccount(String accountId, boolean refused) {
        if (refused) {
            refusedAccounts.add(accountId);
        } else {
            refusedAccounts.remove(accountId);
        }
    }

    /** The verdict on a submission whose form is broken: it gets no further than the wallet's lock. */
    Judgement.Refused malformed(String message, Tip tip) {
        return walletLocked ? locked(tip) : refused(Refusal.MALFORMED, message, tip);
    }

    Judgement judge(NonceSubmission nonce, Tip tip) {
        if (walletLocked) {
            return locked(tip);
        }
        if (nonce.height() != tip.height()) {
            String heights = "Invalid height: expected " + Long.toUnsignedString(tip.height()) + ", got "
                    + Long.toUnsignedString(nonce.height());
            return refused(Refusal.HEIGHT, heights, tip);
        }
        if (!nonce.blockHash().equals(tip.blockHash())) {
            return refused(Refusal.BLOCK_HASH, "Block hash mismatch", tip);
        }
        if (!nonce.generationSignature().equals(tip.generationSignature())) {
            return refused(Refusal.GENERATION_SIGNATURE, "Generation signature mismatch", tip);
        }
        if (nonce.baseTarget() != tip.baseTarget()) {
            return refused(Refusal.BASE_TARGET, "Base target mismatch", tip);
        }
        return judgePlot(nonce, tip);
    }

    private Judgement judgePlot(NonceSubmission nonce, Tip tip) {
        if (nonce.compression() < minimumCompression) {
            return refused(Refusal.COMPRESSION, "Invalid compression level " + nonce.compression(), tip);
        }
        if (refusedAccounts.contains(nonce.accountId())) {
            return refused(Refusal.ACCOUNT, "No private key available for account " + nonce.accountId(), tip);
        }
        long quality = PlotTruth.rawQuality(nonce);
        boolean liesUpward = Long.compareUnsigned(nonce.rawQuality(), quality) < 0;
        return switch (claims) {
            case REJECT -> liesUpward ? falseClaim(tip) : accepted(quality, tip);
            case ACCEPT_AT_TRUE_QUALITY -> accepted(quality, tip);
        };
    }

    private Judgement accepted(long quality, Tip tip) {
        return new Judgement.Accepted(quality, pocTime.seconds(quality, tip.baseTarget()));
    }

    private static Judgement.Refused falseClaim(Tip tip) {
        return refused(
                Refusal.VALIDATION, "PoCX validation failed: the nonce has not the quality that it claims", tip);
    }

    private static Judgement.Refused locked(Tip tip) {
        return refused(
                Refusal.WALLET_LOCKED,
                "Error: Please enter the wallet passphrase with walletpassphrase first.",
                tip);
    }

    private static Judgement.Refused refused(Refusal why, String message, Tip tip) {
        return new Judgement.Refused(why, message, tip.height());
    }
}
