package org.pocx.aggregator.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.statistics.FarmSnapshot.Account;
import org.pocx.aggregator.statistics.FarmSnapshot.Machine;
import org.pocx.aggregator.statistics.FarmSnapshot.Part;
import org.pocx.aggregator.statistics.FarmSnapshot.RoundBest;
import org.pocx.aggregator.statistics.finding.FarmFindings;

/** Takes one snapshot: reads each pair of machine and account once, and lists it under both. For one use. */
final class SnapshotBuilder {
    private static final long ACTIVE_NANOS = Duration.ofMinutes(5).toNanos();

    private final Collection<MachineEntry> machines;
    private final Collection<AccountEntry> accounts;
    private final MachineDirectory directory;
    private final @Nullable MiningInfo current;
    private final long now;
    private final int blocksPerDay;

    private final Map<String, List<Part>> partsOfAccounts = new HashMap<>();
    private final Set<String> accountsAtWork = new HashSet<>();
    private final Set<String> accountsOfSuspects = new HashSet<>();
    private final CapacitySum capacity = new CapacitySum();
    private int roundsWithNonce;
    private @Nullable CountedNonce best;
    private @Nullable MachineAccountEntry bestPair;

    SnapshotBuilder(
            Collection<MachineEntry> machines,
            Collection<AccountEntry> accounts,
            MachineDirectory directory,
            @Nullable MiningInfo current,
            long now,
            int blocksPerDay) {
        this.machines = machines;
        this.accounts = accounts;
        this.directory = directory;
        this.current = current;
        this.now = now;
        this.blocksPerDay = blocksPerDay;
    }

    FarmSnapshot build(
            Instant at,
            Duration uptime,
            Duration roundAge,
            FateCounts removed,
            FarmSnapshot.UpstreamView upstream,
            FarmSnapshot.StoreView store,
            PocTime pocTime,
            int blockTimeSecs) {
        List<Machine> machineList = machines.stream()
                .map(this::machine)
                .sorted(Comparator.comparing(Machine::id))
                .toList();
        List<Account> accountList = accounts.stream()
                .map(this::account)
                .sorted(Comparator.comparing(Account::accountId))
                .toList();
        return new FarmSnapshot(
                at,
                uptime,
                Optional.ofNullable(current),
                roundAge,
                (int) machineList.stream().filter(Machine::active).count(),
                machineList.stream().mapToDouble(Machine::capacityTib).sum(),
                current == null ? Double.NaN : Capacity.networkTib(current.baseTarget(), blockTimeSecs),
                roundBest(pocTime),
                machineList,
                accountList,
                machineList.stream().map(Machine::counts).reduce(removed, FateCounts::plus),
                upstream,
                store,
                certainty(),
                Optional.empty(),
                FarmSnapshot.Verification.NONE,
                FarmFindings.NONE);
    }

    private FarmSnapshot.Certainty certainty() {
        int rounds = Integer.SIZE - Integer.numberOfLeadingZeros(roundsWithNonce);
        return new FarmSnapshot.Certainty(
                capacity.interval(),
                rounds,
                rounds - Integer.bitCount(roundsWithNonce));
    }

    private Machine machine(MachineEntry entry) {
        List<Part> parts = new ArrayList<>(entry.pairs().size());
        for (MachineAccountEntry pair : entry.pairs().values()) {
            Part part = part(pair, pair.accountId());
            parts.add(part);
            partsOfAccounts
                    .computeIfAbsent(pair.accountId(), id -> new ArrayList<>(1))
                    .add(renamed(part, entry.id()));
            consider(pair);
            addCapacity(pair, part.capacityTib());
        }
        boolean active = now - entry.seenNanos() < ACTIVE_NANOS;
        boolean silent = entry.activity().isSilent();
        if (active && !silent) {
            accountsAtWork.addAll(entry.pairs().keySet());
        }
        if (entry.isSuspect(now)) {
            accountsOfSuspects.addAll(entry.pairs().keySet());
        }
        parts.sort(Comparator.comparing(Part::id));
        int blocks = blocks(parts);
        return new Machine(
                entry.id(),
                entry.miner().name(),
                directory.of(entry.id()),
                tib(parts),
                blocks,
                percentage(blocks, parts.size()),
                Duration.ofNanos(now - entry.seenNanos()),
                active,
                entry.isSuspect(now),
                silent,
                entry.activity().missedRounds(),
                entry.lastRejection(),
                entry.tally().counts(),
                entry.lastCheck(now),
                parts);
    }

    private Account account(AccountEntry entry) {
        List<Part> parts = partsOfAccounts.getOrDefault(entry.accountId(), List.of());
        if (parts.size() > 1) {
            parts.sort(Comparator.comparing(Part::id));
        }
        int blocks = blocks(parts);
        return new Account(
                entry.accountId(),
                tib(parts),
                blocks,
                percentage(blocks, parts.size()),
                Duration.ofNanos(now - entry.seenNanos()),
                now - entry.seenNanos() < ACTIVE_NANOS,
                accountsOfSuspects.contains(entry.accountId()),
                !accountsAtWork.contains(entry.accountId()),
                entry.missedRounds(),
                entry.lastRejection(),
                entry.tally().counts(),
                parts);
    }

    /** Plain loops for speed: there are ten thousand of these lists, and most have one element. */
    private static int blocks(List<Part> parts) {
        int all = 0;
        for (Part part : parts) {
            all += part.submissions24h();
        }
        return all;
    }

    private static double tib(List<Part> parts) {
        double all = 0;
        for (Part part : parts) {
            all += part.capacityTib();
        }
        return all;
    }

    private Part part(MachineAccountEntry pair, String id) {
        long height = current == null ? 0 : current.height();
        int blocks = pair.blocksWithinDay(height);
        long unseen = now - pair.lastSubmissionNanos();
        return new Part(
                id,
                pair.capacityTib(height),
                blocks,
                percentage(blocks, 1),
                Duration.ofNanos(unseen),
                unseen < ACTIVE_NANOS);
    }

    private void addCapacity(MachineAccountEntry pair, double tib) {
        if (current != null) {
            roundsWithNonce |= pair.blocksEnded(current.height());
            capacity.add(tib, pair.blocksOfCapacity(current.height()));
        }
    }

    private static Part renamed(Part part, String id) {
        return new Part(
                id,
                part.capacityTib(),
                part.submissions24h(),
                part.submissionPercentage(),
                part.sinceSeen(),
                part.active());
    }

    private double percentage(int blocks, int parts) {
        return parts == 0 ? 0 : blocks / ((double) blocksPerDay * parts) * 100;
    }

    private void consider(MachineAccountEntry pair) {
        if (current == null) {
            return;
        }
        CountedNonce claim = pair.bestOf(current.blockHash(), current.height()).orElse(null);
        if (claim != null && (best == null || Long.compareUnsigned(claim.rawQuality(), best.rawQuality()) < 0)) {
            best = claim;
            bestPair = pair;
        }
    }

    private Optional<RoundBest> roundBest(PocTime pocTime) {
        if (best == null || bestPair == null || current == null) {
            return Optional.empty();
        }
        return Optional.of(new RoundBest(
                best.height(),
                best.rawQuality(),
                pocTime.seconds(best.rawQuality(), current.baseTarget()),
                bestPair.accountId(),
                bestPair.machine(),
                best.fate()));
    }
}
