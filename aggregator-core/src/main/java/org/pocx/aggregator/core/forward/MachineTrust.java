package org.pocx.aggregator.core.forward;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.pocx.aggregator.core.mining.MinerId;

/**
 * Which machines had a nonce confirmed within a day, by id. Bad nonces count for one round only; see {@link #newRound}.
 *
 * <p>Thread-safe: the map of confirmations belongs to this object's monitor, each round's bad nonces to a concurrent map.
 * Bounded: the machine that was confirmed longest ago is forgotten first.
 */
final class MachineTrust {
    /** Bad nonces in a round that make a machine suspect, and refused accounts that make it rank behind. */
    static final int SUSPECT_AFTER = 3;

    /** Machines remembered. */
    static final int MAX_MACHINES = 20_000;

    private static final long TRUST_NANOS = Duration.ofDays(1).toNanos();

    /** When each machine was confirmed last, on the monotonic clock; the longest ago first. */
    private final Map<String, Long> confirmed = new LinkedHashMap<>();

    /** The machine had a nonce confirmed at that time of the monotonic clock. */
    void confirmed(MinerId machine, long nanos) {
        confirmed(machine.id(), nanos);
    }

    /** @param machine the id of the machine */
    synchronized void confirmed(String machine, long nanos) {
        confirmed.remove(machine);
        confirmed.put(machine, nanos);
        if (confirmed.size() > MAX_MACHINES) {
            confirmed.remove(confirmed.keySet().iterator().next());
        }
    }

    /** The upstream rejected a nonce that it had confirmed: the machine is trusted again with its next confirmed nonce. */
    synchronized void withdraw(MinerId machine) {
        confirmed.remove(machine.id());
    }

    private synchronized boolean isTrusted(String machine, long now) {
        Long last = confirmed.get(machine);
        return last != null && now - last < TRUST_NANOS;
    }

    /** The ranking of machines in a new round, without any bad nonce yet. */
    InRound newRound(LongSupplier nanoTime) {
        return new InRound(nanoTime);
    }

    /** The ranking of machines in one round. Thread-safe. */
    final class InRound implements MachineRanking {
        private final Map<String, Integer> badNonces = new ConcurrentHashMap<>();
        private final Map<String, Set<String>> refusedAccounts = new ConcurrentHashMap<>();
        private final LongSupplier nanoTime;

        private InRound(LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
        }

        /** Counts a nonce that was rejected, or confirmed worse than claimed; returns whether it makes the machine suspect. */
        boolean badNonce(MinerId machine) {
            String counted = competitor(machine);
            if (badNonces.size() >= MAX_MACHINES && !badNonces.containsKey(counted)) {
                return false;
            }
            return badNonces.merge(counted, 1, Integer::sum) == SUSPECT_AFTER;
        }

        /** A nonce of the machine was found to be worse than claimed; returns whether that makes the machine suspect. */
        boolean falseClaim(MinerId machine) {
            String counted = competitor(machine);
            if (badNonces.size() >= MAX_MACHINES && !badNonces.containsKey(counted)) {
                return false;
            }
            return badNonces.merge(counted, SUSPECT_AFTER,
                    (before, three) -> Math.max(before, three - 1) + 1) == SUSPECT_AFTER;
        }

        /** The machine brought a nonce of an account that the upstream refuses. */
        void refusedAccount(MinerId machine, String accountId) {
            String counted = competitor(machine);
            if (refusedAccounts.size() < MAX_MACHINES || refusedAccounts.containsKey(counted)) {
                refusedAccounts.merge(counted, Set.of(accountId), InRound::with);
            }
        }

        private static Set<String> with(Set<String> accounts, Set<String> another) {
            if (accounts.size() >= SUSPECT_AFTER || accounts.containsAll(another)) {
                return accounts;
            }
            Set<String> more = new HashSet<>(accounts);
            more.addAll(another);
            return Set.copyOf(more);
        }

        @Override
        public boolean ranksBehind(MinerId machine) {
            return badNonces(machine) >= SUSPECT_AFTER || bringsRefusedAccounts(machine);
        }

        private boolean bringsRefusedAccounts(MinerId machine) {
            return !refusedAccounts.isEmpty()
                    && (bringsRefusedAccounts(machine.address()) || bringsRefusedAccounts(machine.id()))
                    && !isTrusted(machine);
        }

        private boolean bringsRefusedAccounts(String counted) {
            Set<String> accounts = refusedAccounts.get(counted);
            return accounts != null && accounts.size() >= SUSPECT_AFTER;
        }

        /** Those counted for a name while it was trusted stay with it when it is not trusted any more. */
        @Override
        public int badNonces(MinerId machine) {
            int ofAddress = badNonces.getOrDefault(machine.address(), 0);
            if (machine.name().isEmpty()) {
                return ofAddress;
            }
            int ofName = badNonces.getOrDefault(machine.id(), 0);
            return ofAddress == 0 || isTrusted(machine.id()) ? ofName : ofName + ofAddress;
        }

        @Override
        public boolean isTrusted(MinerId machine) {
            return isTrusted(machine.id()) || (!machine.name().isEmpty() && isTrusted(machine.address()));
        }

        @Override
        public String competitor(MinerId machine) {
            return machine.name().isEmpty() || !isTrusted(machine.id()) ? machine.address() : machine.id();
        }

        private boolean isTrusted(String id) {
            return MachineTrust.this.isTrusted(id, nanoTime.getAsLong());
        }
    }
}
