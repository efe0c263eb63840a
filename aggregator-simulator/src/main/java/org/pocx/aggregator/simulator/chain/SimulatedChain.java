package org.pocx.aggregator.simulator.chain;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.time.WallClock;

/**
 * A PoCX chain in memory: it announces the round being mined, judges nonces as a node does, and moves on when it is told
 * to, by {@link #forge()} or by a {@link BlockForger}. What a nonce is really worth is {@link PlotTruth}'s to say, so
 * that an honest miner is always believed and a lying one is found out.
 *
 * <p>Thread-safe; its state is guarded by its own monitor, which is never held while listeners run.
 */
public final class SimulatedChain {
    private final ChainSettings settings;
    private final InstantSource clock;
    private final BaseTargetRule difficulty;
    private final ChainLedger ledger;
    private final Judge judge;
    private final Branch branch;
    private final List<ChainListener> listeners = new CopyOnWriteArrayList<>();
    private long turns;

    /**
     * A chain in its first round, with an empty ledger.
     *
     * @param settings what it starts with
     * @param clock the wall clock that entries of the ledger are dated by
     */
    public SimulatedChain(ChainSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.difficulty = new BaseTargetRule(settings.blockTimeSeconds());
        this.ledger = new ChainLedger(settings.ledgerEntries());
        this.judge = new Judge(settings);
        this.branch = new Branch(settings.first());
    }

    /**
     * A chain that runs by the machine's clock.
     *
     * @param settings what it starts with
     */
    public SimulatedChain(ChainSettings settings) {
        this(settings, WallClock.system());
    }

    /**
     * From now on the listener hears of what happens.
     *
     * @param listener told in the thread that did it, after those that were added before
     */
    public void addListener(ChainListener listener) {
        listeners.add(listener);
    }

    /** {@return what the chain started with} */
    public ChainSettings settings() {
        return settings;
    }

    /** {@return the round being mined} */
    public synchronized Tip tip() {
        return branch.tip();
    }

    /** {@return the best nonce accepted in the round being mined} */
    public synchronized Optional<LedgerEntry> best() {
        return branch.best();
    }

    /** {@return every nonce that was judged} */
    public ChainLedger ledger() {
        return ledger;
    }

    /** {@return the round being mined, as {@code get_mining_info} announces it} */
    public MiningInfo miningInfo() {
        Tip tip = tip();
        return new MiningInfo(
                tip.generationSignature(),
                tip.baseTarget(),
                tip.height(),
                tip.blockHash(),
                settings.targetQuality(),
                settings.minimumCompression(),
                settings.minimumCompression(),
                Map.of());
    }

    /**
     * Judges a nonce, enters it in the ledger, and remembers it for forging when it is good.
     *
     * @param submission well formed; of any round
     * @return what the chain says to it
     */
    public Judgement judge(NonceSubmission submission) {
        LedgerEntry entry;
        synchronized (this) {
            Judgement judgement = judge.judge(submission, branch.tip());
            entry = ledger.add(clock.instant(), submission, judgement);
            if (entry.isAccepted()) {
                branch.offer(entry);
            }
        }
        listeners.forEach(listener -> listener.judged(entry));
        return entry.judgement();
    }

    /**
     * {@return the verdict on a submission that has not the protocol's form; it leaves no trace in the ledger}
     *
     * @param message what is wrong with it, in a node's words
     */
    public synchronized Judgement.Refused judgeMalformed(String message) {
        return judge.malformed(message, branch.tip());
    }

    /**
     * Ends the round: its best nonce becomes a block, the next round has a new hash and signature, and the base target
     * moves towards the block time: a sixteenth of the way, by the winner's poc_time (four block times where there is no
     * winner).
     *
     * @return the new block, with the nonce that won it, if one did
     */
    public ForgedBlock forge() {
        ForgedBlock block;
        synchronized (this) {
            Tip mined = branch.tip();
            Optional<LedgerEntry> winner = branch.best();
            String forger = winner.map(entry -> entry.submission().accountId()).orElse("nobody");
            String hash = Sha256.hex(mined.blockHash(), forger, ++turns);
            String signature = Sha256.hex(mined.generationSignature(), forger, hash);
            Tip next = new Tip(mined.height() + 1, hash, signature, nextBaseTarget(mined, winner));
            branch.push(next);
            block = new ForgedBlock(mined, next, winner);
        }
        announce(block.next());
        listeners.forEach(listener -> listener.forged(block));
        return block;
    }

    /**
     * The last blocks turn out to be on a losing fork: an earlier round is mined again, under its own block hash. What it
     * had accepted is forgotten, as a node keeps the best nonce of the current tip only.
     *
     * @param depth 1 to 99, and not beyond the first round
     * @return the round that is mined again
     * @throws IllegalArgumentException when there are not so many rounds to go back
     */
    public Tip fork(int depth) {
        return change(tip -> {
            branch.goBack(depth);
            return branch.tip();
        });
    }

    /**
     * The last block loses to another of the same height: another hash and signature, at the same base target.
     *
     * @return the tip that is mined on now
     */
    public Tip sibling() {
        return change(tip -> {
            String hash = Sha256.hex("sibling", tip.blockHash(), ++turns);
            Tip sibling = tip.withBlockHash(hash).withGenerationSignature(Sha256.hex("signature", hash));
            branch.replace(sibling);
            return sibling;
        });
    }

    /**
     * Another block hash for the same height and signature, as a test chain of the field announces after a restart. The
     * stock miner, which begins a scan when the signature changes, does not notice: it goes on sending the old hash.
     *
     * @return the tip that is mined on now
     */
    public Tip restart() {
        return change(tip -> {
            Tip restarted = tip.withBlockHash(Sha256.hex("restart", tip.blockHash(), ++turns));
            branch.replace(restarted);
            return restarted;
        });
    }

    /**
     * The round goes on under the same hash with another base target.
     *
     * @param baseTarget u64 &gt; 0
     * @return the tip that is mined on now
     */
    public Tip changeBaseTarget(long baseTarget) {
        return change(tip -> {
            Tip changed = tip.withBaseTarget(baseTarget);
            branch.amend(changed);
            return changed;
        });
    }

    /** Forgets what was accepted in this round, as a node does that stops: it keeps accepted nonces in memory only. */
    public synchronized void forget() {
        branch.forget();
    }

    /**
     * {@return the next block, or empty when the wallet is locked: then the block cannot be signed, and the nonce that
     * should have won is forgotten} As {@link #forge()} otherwise.
     */
    public Optional<ForgedBlock> forgeIfSigned() {
        @Nullable Tip unsigned;
        synchronized (this) {
            if (!judge.isWalletLocked() || branch.best().isEmpty()) {
                unsigned = null;
            } else {
                branch.forget();
                unsigned = branch.tip();
            }
        }
        if (unsigned == null) {
            return Optional.of(forge());
        }
        listeners.forEach(listener -> listener.signingFailed(unsigned));
        return Optional.empty();
    }

    /**
     * Locks or unlocks the wallet: while it is locked, no nonce is judged (-13).
     *
     * @param locked whether it is locked from now on
     */
    public synchronized void lockWallet(boolean locked) {
        judge.lockWallet(locked);
    }

    /**
     * Refuses every nonce of an account (-5 at a node, -32007 at a pool), or takes them again.
     *
     * @param accountId 40 hex characters of either case
     * @param refused whether its nonces are refused from now on
     */
    public synchronized void refuseAccount(String accountId, boolean refused) {
        judge.refuseAccount(accountId.toLowerCase(Locale.ROOT), refused);
    }

    /**
     * What to do with claims that are better than the truth; {@link ClaimPolicy#REJECT} until told otherwise.
     *
     * @param policy for the nonces that are judged from now on
     */
    public synchronized void onFalseClaim(ClaimPolicy policy) {
        judge.claims(policy);
    }

    private long nextBaseTarget(Tip mined, Optional<LedgerEntry> winner) {
        long taken = winner.map(SimulatedChain::pocTime).orElse(difficulty.slowest());
        return difficulty.next(mined.baseTarget(), taken);
    }

    /** The poc_time (u64 seconds) of an accepted nonce. */
    static long pocTime(LedgerEntry entry) {
        return entry.accepted().orElseThrow().pocTime();
    }

    private Tip change(UnaryOperator<Tip> how) {
        Tip changed;
        synchronized (this) {
            changed = how.apply(branch.tip());
        }
        announce(changed);
        return changed;
    }

    private void announce(Tip tip) {
        listeners.forEach(listener -> listener.tipChanged(tip));
    }
}
