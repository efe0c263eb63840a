package org.pocx.aggregator.protocol.server;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.pocx.aggregator.http.AdmissionControl;

/**
 * Admits connections by their address and number. A trusted proxy is always admitted: the address of the miner behind
 * it is checked with each request.
 *
 * <p>Thread-safe; the monitor guards the counts, of which there are no more than open connections.
 */
final class MinerAdmission implements AdmissionControl {
    private final Supplier<AccessRules> rules;
    private final RateLimitedLog refusals;
    private final RateLimitedLog limits;
    private final Map<InetAddress, Integer> byAddress = new HashMap<>();
    private int all;

    /**
     * @param refusals logs connections from addresses that are not allowed
     * @param limits logs limits that are reached
     */
    MinerAdmission(Supplier<AccessRules> rules, RateLimitedLog refusals, RateLimitedLog limits) {
        this.rules = rules;
        this.refusals = refusals;
        this.limits = limits;
    }

    @Override
    public Decision admit(InetAddress peer) {
        AccessRules now = rules.get();
        boolean proxy = now.trusts(peer);
        if (!proxy && !now.allows(peer)) {
            refusals.warn("A connection of " + PeerAddress.text(peer)
                    + " is closed: it is not in server.allowed_networks");
            return new Decision.Rejected();
        }
        return place(peer, now, proxy ? 0 : now.connectionsPerAddress());
    }

    private synchronized Decision place(InetAddress peer, AccessRules now, int perAddress) {
        if (all >= now.maxConnections()) {
            limits.warn("New connections are closed: all " + now.maxConnections() + " are in use");
            return new Decision.Full();
        }
        if (perAddress > 0 && byAddress.getOrDefault(peer, 0) >= perAddress) {
            limits.warn("A connection of " + PeerAddress.text(peer) + " is closed: the limit of " + perAddress
                    + " connections per address is reached");
            return new Decision.Rejected();
        }
        all++;
        byAddress.merge(peer, 1, Integer::sum);
        AtomicBoolean left = new AtomicBoolean();
        return new Decision.Admitted(() -> {
            if (left.compareAndSet(false, true)) {
                leave(peer);
            }
        });
    }

    private synchronized void leave(InetAddress peer) {
        all--;
        byAddress.computeIfPresent(peer, (address, count) -> count == 1 ? null : count - 1);
    }
}
