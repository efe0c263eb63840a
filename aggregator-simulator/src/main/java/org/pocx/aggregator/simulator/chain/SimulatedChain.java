package org.pocx.aggregator.simulator.chain;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * A PoCX chain in memory. It announces the current round, validates nonces as a node does, and goes on to the next round
 * when {@link #forge()} is called, by a test or by a {@link BlockForger}. Unless another {@link QualityRule} is given,
 * {@link QualityFunction} defines the true quality of a nonce.
 *
 * <p>Thread-safe; guarded by its own monitor, which is never held while listeners run.
 */
public final class SimulatedChain {
    private static final int MAX_ROUNDS = 100;
    private static final int ACCOUNT_CHARS = 40;

    private final ChainSettings settings;
    private final QualityRule qualities;
    private final int minimumCompression;
    private final DifficultyAdjustment difficulty;
    private final ValidationLog log;
    private final NonceValidator validator;
    private final List<ChainListener> listeners = new CopyOnWriteArrayList<>();
    /** The latest first. */
    private final Deque<Tip> rounds = new ArrayDeque<>();

    private @Nullable ValidatedNonce best;
    private long hashes;

    /**
     * Creates a chain in its first round.
     *
     * @param settings block time, first round and size of the log
     */
    public SimulatedChain(ChainSettings settings) {
        this(settings, QualityRule.SIMULATED, MiningInfo.DEFAULT_COMPRESSION_LEVEL);
    }

    /**
     * Creates a chain with another rule for qualities.
     *
     * @param settings block time, first round and size of the log
     * @param qualities computes the true quality of each nonce, without the chain's monitor
     * @param minimumCompression the lowest compression that it announces and accepts: 0 to 255
     */
    public SimulatedChain(ChainSettings settings, QualityRule qualities, int minimumCompression) {
        this.settings = settings;
        this.qualities = qualities;
        this.minimumCompression = minimumCompression;
        this.difficulty = new DifficultyAdjustment(settings.blockTimeSeconds());
        this.log = new ValidationLog(settings.logEntries());
        this.validator = new NonceValidator(settings.blockTimeSeconds(), minimumCompression);
        this.rounds.add(settings.first());
    }

    /**
     * Adds a listener.
     *
     * @param listener called after the listeners that were added before
     */
    public void addListener(ChainListener listener) {
        listeners.add(listener);
    }

    /** {@return the settings that the chain was created with} */
    public ChainSettings settings() {
        return settings;
    }

    /** {@return the current round} */
    public synchronized Tip tip() {
        return rounds.getFirst();
    }

    /** {@return the best accepted nonce of the current round} */
    public synchronized Optional<ValidatedNonce> best() {
        return Optional.ofNullable(best);
    }

    /** {@return the nonces that the chain has received} */
    public ValidationLog log() {
        return log;
    }

    /** {@return the current round as {@code get_mining_info} announces it} */
    public MiningInfo miningInfo() {
        Tip tip = tip();
        return new MiningInfo(
                tip.generationSignature(),
                tip.baseTarget(),
                tip.height(),
                tip.blockHash(),
                MiningInfo.NO_TARGET_QUALITY,
                minimumCompression,
                MiningInfo.DEFAULT_COMPRESSION_LEVEL,
                Map.of());
    }

    /**
     * Validates a nonce and logs it. If it is valid and the best of the current round, it becomes the round's winner.
     *
     * @param submission of any round
     * @return the result
     */
    public ValidationResult submit(NonceSubmission submission) {
        long quality = qualities.rawQuality(submission);
        ValidatedNonce nonce;
        synchronized (this) {
            nonce = log.add(submission, validator.validate(submission, quality, tip()));
            if (nonce.isAccepted() && (best == null || nonce.isBetterThan(best))) {
                best = nonce;
            }
        }
        publish(ChainListener::validated, nonce);
        return nonce.result();
    }

    /**
     * {@return the result for a malformed submission, which is not logged}
     *
     * @param message the error message of a node
     */
    public synchronized ValidationResult.Rejected submitMalformed(String message) {
        return validator.malformed(message, tip());
    }

    /**
     * Forges a block and begins the next round, with a new block hash, generation signature and base target. The
     * signature follows from the previous one and the winner's account, as on a real chain. The base target moves by a
     * sixteenth towards the block time, depending on the winner's poc_time (four block times if there is no winner).
     *
     * @return the new block, with the nonce that won it, if there is one
     */
    public ForgedBlock forge() {
        return publish(nextBlock(null));
    }

    /**
     * Forges a block that another farm of the network won, whatever nonces the chain has. Otherwise as {@link #forge()}.
     *
     * @param accountId of the winner: 40 hex characters
     * @return the new block, without a nonce
     */
    public ForgedBlock forgeBy(String accountId) {
        return publish(nextBlock(accountId));
    }

    /** Makes the next block; without an account, the best nonce wins, and without a nonce, an unknown account. */
    private synchronized ForgedBlock nextBlock(@Nullable String accountId) {
        Tip mined = tip();
        Optional<ValidatedNonce> winner = accountId == null ? best() : Optional.empty();
        String forger = accountId != null
                ? accountId
                : winner.map(nonce -> nonce.submission().accountId()).orElseGet(this::unknownAccount);
        String hash = Sha256.hex(mined.blockHash(), forger, ++hashes);
        String signature = SignatureSuccession.next(mined.generationSignature(), forger);
        long taken = winner.map(ValidatedNonce::pocTime).orElse(difficulty.maxSeconds());
        Tip next = new Tip(mined.height() + 1, hash, signature, difficulty.next(mined.baseTarget(), taken));
        rounds.addFirst(next);
        if (rounds.size() > MAX_ROUNDS) {
            rounds.removeLast();
        }
        best = null;
        return new ForgedBlock(mined, next, winner);
    }

    private String unknownAccount() {
        return Sha256.hex("another farm", hashes).substring(0, ACCOUNT_CHARS);
    }

    private ForgedBlock publish(ForgedBlock block) {
        publish(ChainListener::tipChanged, block.next());
        publish(ChainListener::forged, block);
        return block;
    }

    /**
     * Forges a block unless the wallet is locked and a nonce has to be signed. In that case the node loses the nonce, and
     * the round continues.
     *
     * @return as {@link #forge()}, or empty when the wallet is locked
     */
    public Optional<ForgedBlock> forgeIfUnlocked() {
        synchronized (this) {
            if (validator.isWalletLocked() && best != null) {
                best = null;
                return Optional.empty();
            }
        }
        return Optional.of(forge());
    }

    /**
     * Goes back to an earlier round, as when the last blocks are on the losing side of a fork. The nonces that were
     * accepted in that round do not count any more: a node keeps only the best nonce of the current tip.
     *
     * @param depth how many rounds to go back: 1 to 99, and not beyond the first round
     * @return the round that is mined again
     * @throws IllegalArgumentException when there are not so many rounds
     */
    public Tip fork(int depth) {
        return change(tip -> {
            if (depth < 1 || depth >= rounds.size()) {
                throw new IllegalArgumentException("cannot go back " + depth + " rounds of " + rounds.size());
            }
            for (int i = 0; i < depth; i++) {
                rounds.removeFirst();
            }
            best = null;
            return rounds.removeFirst();
        });
    }

    /**
     * Changes only the block hash of the current round, as a public test chain does after a restart. The stock miner, which
     * begins a scan when the signature changes, does not notice the change and continues to send the old hash.
     *
     * @return the current round
     */
    public Tip changeBlockHash() {
        return change(tip -> {
            best = null;
            rounds.removeFirst();
            return tip.withBlockHash(Sha256.hex("restart", tip.blockHash(), ++hashes));
        });
    }

    /**
     * Changes only the base target of the current round. Its best nonce stays.
     *
     * @param baseTarget u64 &gt; 0
     * @return the current round
     */
    public Tip changeBaseTarget(long baseTarget) {
        return change(tip -> {
            rounds.removeFirst();
            return tip.withBaseTarget(baseTarget);
        });
    }

    /** Clears the best nonce of the current round, as a restart of a node does: it keeps the nonce in memory only. */
    public synchronized void clearBest() {
        best = null;
    }

    /**
     * Locks or unlocks the wallet. While it is locked, every nonce is rejected (-13).
     *
     * @param locked whether it is locked from now on
     */
    public synchronized void lockWallet(boolean locked) {
        validator.lockWallet(locked);
    }

    /**
     * Rejects every nonce of an account (-5 at a node, -32007 at a pool), or accepts them again.
     *
     * @param accountId 40 hex characters of either case
     * @param refused whether its nonces are rejected from now on
     */
    public synchronized void refuseAccount(String accountId, boolean refused) {
        validator.refuseAccount(accountId.toLowerCase(Locale.ROOT), refused);
    }

    /**
     * Accepts or rejects nonces that claim a better quality than they have. By default they are rejected (-26).
     *
     * @param accepted whether they are accepted from now on, at their true quality
     */
    public synchronized void acceptFalseClaims(boolean accepted) {
        validator.acceptFalseClaims(accepted);
    }

    /** The step removes the current round, and returns the round that takes its place. */
    private Tip change(UnaryOperator<Tip> step) {
        Tip changed;
        synchronized (this) {
            changed = step.apply(tip());
            rounds.addFirst(changed);
        }
        publish(ChainListener::tipChanged, changed);
        return changed;
    }

    private <T> void publish(BiConsumer<ChainListener, T> method, T event) {
        listeners.forEach(listener -> method.accept(listener, event));
    }
}
