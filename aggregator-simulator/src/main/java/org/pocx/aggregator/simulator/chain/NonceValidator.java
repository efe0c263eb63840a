package org.pocx.aggregator.simulator.chain;

import java.util.HashSet;
import java.util.Set;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.PocTime;

/**
 * Validates nonces with the checks, the order and the messages of {@code submit_nonce} of a Bitcoin-PoCX node: wallet,
 * form, height, block hash, generation signature, base target, compression, account and quality.
 *
 * <p>Not thread-safe: {@link SimulatedChain} owns it and guards it by its monitor.
 */
final class NonceValidator {
    private final PocTime pocTime;
    private final int minimumCompression;
    private final Set<String> refusedAccounts = new HashSet<>();
    private boolean walletLocked;
    private boolean falseClaimsAccepted;

    NonceValidator(long blockTimeSeconds, int minimumCompression) {
        this.minimumCompression = minimumCompression;
        pocTime = PocTime.forBlockTime(blockTimeSeconds);
    }

    void lockWallet(boolean locked) {
        walletLocked = locked;
    }

    boolean isWalletLocked() {
        return walletLocked;
    }

    void acceptFalseClaims(boolean accepted) {
        falseClaimsAccepted = accepted;
    }

    void refuseAccount(String accountId, boolean refused) {
        if (refused) {
            refusedAccounts.add(accountId);
        } else {
            refusedAccounts.remove(accountId);
        }
    }

    /** The result for a malformed submission. A node checks only whether the wallet is locked before it. */
    ValidationResult.Rejected malformed(String message, Tip tip) {
        return walletLocked ? locked(tip) : rejected(RejectReason.MALFORMED, message, tip);
    }

    /** @param quality u64, the true quality */
    ValidationResult validate(NonceSubmission nonce, long quality, Tip tip) {
        if (walletLocked) {
            return locked(tip);
        }
        if (nonce.height() != tip.height()) {
            String message = "Invalid height: expected " + Long.toUnsignedString(tip.height()) + ", got "
                    + Long.toUnsignedString(nonce.height());
            return rejected(RejectReason.HEIGHT, message, tip);
        }
        if (!nonce.blockHash().equals(tip.blockHash())) {
            return rejected(RejectReason.BLOCK_HASH, "Block hash mismatch", tip);
        }
        if (!nonce.generationSignature().equals(tip.generationSignature())) {
            return rejected(RejectReason.GENERATION_SIGNATURE, "Generation signature mismatch", tip);
        }
        if (nonce.baseTarget() != tip.baseTarget()) {
            return rejected(RejectReason.BASE_TARGET, "Base target mismatch", tip);
        }
        return validatePlot(nonce, quality, tip);
    }

    private ValidationResult validatePlot(NonceSubmission nonce, long quality, Tip tip) {
        if (nonce.compression() < minimumCompression) {
            return rejected(RejectReason.COMPRESSION, "Invalid compression level " + nonce.compression(), tip);
        }
        if (refusedAccounts.contains(nonce.accountId())) {
            return rejected(RejectReason.ACCOUNT, "No private key available for account " + nonce.accountId(), tip);
        }
        if (!falseClaimsAccepted && Long.compareUnsigned(nonce.rawQuality(), quality) < 0) {
            String message = "PoCX validation failed: the quality of the nonce is worse than claimed";
            return rejected(RejectReason.QUALITY, message, tip);
        }
        return new ValidationResult.Accepted(quality, pocTime.seconds(quality, tip.baseTarget()));
    }

    private static ValidationResult.Rejected locked(Tip tip) {
        return rejected(
                RejectReason.WALLET_LOCKED,
                "Error: Please enter the wallet passphrase with walletpassphrase first.",
                tip);
    }

    private static ValidationResult.Rejected rejected(RejectReason reason, String message, Tip tip) {
        return new ValidationResult.Rejected(reason, message, tip.height());
    }
}
