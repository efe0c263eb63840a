package org.pocx.aggregator.protocol.server;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.pocx.aggregator.http.AdmissionControl;

/**
 * Lets connections in by their address and number. A peer that is a trusted proxy is no miner: whether the miner behind
 * it may, is seen at each request.
 *
 * <p>Thread-safe; the monitor guards the counts, of which there are no more than open connections.
 */
final class MinerAdmission implements AdmissionControl {
    private final Supplier<AccessRules> rules;
    private final SeldomLog refusals;
    private final SeldomLog crowds;
    private final Map<InetAddress, Integer> byAddress = new HashMap<>();
    private int all;

    /**
     * @param refusals is told of who may not
     * @param crowds is told of limits that are reached
     */
    MinerAdmission(Supplier<AccessRules> rules, SeldomLog refusals, SeldomLog crowds) {
        this.rules = rules;
        this.refusals = refusals;
        this.crowds = crowds;
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
            crowds.warn("New connections are closed: all " + now.maxConnections() + " are in use");
            return new Decision.Full();
        }
        if (perAddress > 0 && byAddress.getOrDefault(peer, 0) >= perAddress) {
            crowds.warn("A connection of " + PeerAddress.text(peer) + " is closed: it has " + perAddress
                    + ", as many as it may");
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
