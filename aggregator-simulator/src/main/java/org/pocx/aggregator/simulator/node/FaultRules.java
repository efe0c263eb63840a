package org.pocx.aggregator.simulator.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;

/**
 * What goes wrong at a {@link ChainServer}, told at run time: {@code server.faults().onSubmit(account).times(3).hang()}. A
 * fault lasts until it has met its number of requests or is cleared. Of several that meet a request, the one told last
 * wins.
 *
 * <p>Thread-safe; the rules are guarded by this object's monitor.
 */
public final class FaultRules {
    private final List<FaultRule> rules = new ArrayList<>();

    FaultRules() {}

    /** {@return where to say what goes wrong with every request, whatever it asks} */
    public FaultPoint onEverything() {
        return new FaultPoint(this, null, null);
    }

    /** {@return where to say what goes wrong with {@code get_mining_info}} */
    public FaultPoint onMiningInfo() {
        return new FaultPoint(this, MiningCodec.GET_MINING_INFO, null);
    }

    /** {@return where to say what goes wrong with {@code submit_nonce}} */
    public FaultPoint onSubmit() {
        return new FaultPoint(this, MiningCodec.SUBMIT_NONCE, null);
    }

    /**
     * {@return where to say what goes wrong with the nonces of one account}
     *
     * @param accountId 40 hex characters of either case
     */
    public FaultPoint onSubmit(String accountId) {
        return new FaultPoint(this, MiningCodec.SUBMIT_NONCE, accountId.toLowerCase(Locale.ROOT));
    }

    /** All is well again. */
    public synchronized void clear() {
        rules.clear();
    }

    synchronized void clear(@Nullable String method, @Nullable String accountId) {
        rules.removeIf(rule -> rule.isAimedAt(method, accountId));
    }

    synchronized void add(FaultRule rule) {
        rules.addFirst(rule);
    }

    /** The fault that this request meets; it counts as met. */
    synchronized Optional<FaultRule> meet(String method, String accountId) {
        Optional<FaultRule> met =
                rules.stream().filter(rule -> rule.meets(method, accountId)).findFirst();
        met.filter(rule -> !rule.use()).ifPresent(rules::remove);
        return met;
    }
}
