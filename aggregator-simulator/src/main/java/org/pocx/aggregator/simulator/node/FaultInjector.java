package org.pocx.aggregator.simulator.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;

/**
 * Makes requests to a {@link ChainServer} fail, for example: {@code server.faults().onSubmit(account).times(3).hang()}. A
 * fault lasts until it has affected its number of requests, or is cleared. If several faults match a request, the one that
 * was added last applies.
 *
 * <p>Thread-safe; guarded by its own monitor.
 */
public final class FaultInjector {
    private final List<FaultRule> rules = new ArrayList<>();

    FaultInjector() {}

    /** {@return a builder of faults of all requests} */
    public FaultBuilder onEverything() {
        return on(Optional.empty(), Optional.empty());
    }

    /** {@return a builder of faults of {@code get_mining_info}} */
    public FaultBuilder onMiningInfo() {
        return on(Optional.of(MiningCodec.GET_MINING_INFO), Optional.empty());
    }

    /** {@return a builder of faults of {@code submit_nonce}} */
    public FaultBuilder onSubmit() {
        return on(Optional.of(MiningCodec.SUBMIT_NONCE), Optional.empty());
    }

    /**
     * {@return a builder of faults of {@code submit_nonce} for one account}
     *
     * @param accountId 40 hex characters of either case
     */
    public FaultBuilder onSubmit(String accountId) {
        return on(Optional.of(MiningCodec.SUBMIT_NONCE), Optional.of(accountId.toLowerCase(Locale.ROOT)));
    }

    private FaultBuilder on(Optional<String> method, Optional<String> accountId) {
        return new FaultBuilder(this, method, accountId, false, FaultRule.UNLIMITED);
    }

    /** Removes all faults. */
    public synchronized void clear() {
        rules.clear();
    }

    synchronized void add(FaultRule rule) {
        rules.addFirst(rule);
    }

    /** Returns the fault that applies to this request, and counts the request. */
    synchronized Optional<FaultRule> next(String method, String accountId) {
        for (int i = 0; i < rules.size(); i++) {
            FaultRule rule = rules.get(i);
            if (rule.affects(method, accountId)) {
                if (rule.remaining() > 1) {
                    rules.set(i, rule.next());
                } else {
                    rules.remove(i);
                }
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }
}
