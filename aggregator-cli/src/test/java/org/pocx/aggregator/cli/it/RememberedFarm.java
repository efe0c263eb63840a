package org.pocx.aggregator.cli.it;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.core.store.Verdict.Outcome;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.core.time.WallClock;
import org.pocx.aggregator.simulator.farm.MachineSettings;
import org.pocx.aggregator.statistics.history.BestNonce;
import org.pocx.aggregator.statistics.history.BlockChange;
import org.pocx.aggregator.statistics.history.FarmEvent;
import org.pocx.aggregator.statistics.history.HistoryChange;
import org.pocx.aggregator.statistics.history.Latencies;
import org.pocx.aggregator.statistics.history.LuckRecord;
import org.pocx.aggregator.statistics.history.LuckSubject;
import org.pocx.aggregator.statistics.history.MinuteRecord;
import org.pocx.aggregator.statistics.history.ProbableLoss;
import org.pocx.aggregator.statistics.history.RoundRecord;
import org.pocx.aggregator.statistics.history.WonBlock;
import org.pocx.aggregator.statistics.history.WorkCounts;
import org.pocx.aggregator.store.SqliteSubmissionStore;
import org.pocx.aggregator.store.StoreSettings;

/**
 * A week that a farm has behind it, as the database of one that ran: for pictures. The machines are those that go on
 * mining; half of them came on the third day, and the upstream was slow on the fifth.
 */
final class RememberedFarm {
    private static final Duration BLOCK_TIME = DashboardWorld.BLOCK_TIME;
    private static final int ROUNDS = 7 * 720;
    private static final int ROUNDS_OF_NONCES = 720;
    private static final int WIN_EVERY = 90;
    private static final double MEAN_OF_ONE_TIB = 0x1p42;

    private final List<MachineSettings> machines;
    private final long height;
    private final long baseTarget;
    private final PocTime pocTime = PocTime.forBlockTime(BLOCK_TIME.toSeconds());
    private final SplittableRandom random = new SplittableRandom(11);
    private final Instant now = WallClock.system().instant().truncatedTo(ChronoUnit.MINUTES);
    private final List<CompletableFuture<Void>> writes = new ArrayList<>();

    /** @param height of the round that is to be mined next */
    RememberedFarm(List<MachineSettings> machines, long height, long baseTarget) {
        this.machines = machines;
        this.height = height;
        this.baseTarget = baseTarget;
    }

    void write(Path database) {
        try (SqliteSubmissionStore store =
                SqliteSubmissionStore.open(new StoreSettings(database, 30, BLOCK_TIME))) {
            for (int back = ROUNDS; back >= 1; back--) {
                round(store, back);
            }
            for (int back = 7 * 24 * 60; back >= 1; back--) {
                minute(store, back);
            }
            events(store);
            blocks(store);
            writes.forEach(CompletableFuture::join);
        }
    }

    private void write(SqliteSubmissionStore store, HistoryChange change) {
        writes.add(store.write(change));
        if (writes.size() > 2_000) {
            writes.forEach(CompletableFuture::join);
            writes.clear();
        }
    }

    private double tib(double daysAgo) {
        double all = machines.stream().mapToDouble(MachineSettings::capacityTib).sum();
        return (daysAgo > 4.4 ? 0.55 : daysAgo > 1.6 && daysAgo < 1.8 ? 0.8 : 1) * all;
    }

    private long draw(double tib) {
        return (long) (-Math.log1p(-random.nextDouble()) * MEAN_OF_ONE_TIB / tib);
    }

    private void round(SqliteSubmissionStore store, int back) {
        Instant begun = now.minus(BLOCK_TIME.multipliedBy(back));
        double tib = tib(back / 720.0);
        long quality = draw(tib);
        MachineSettings finder = machines.get(random.nextInt(machines.size()));
        RoundRecord.Best best = new RoundRecord.Best(
                quality,
                pocTime.seconds(quality, baseTarget),
                finder.plots().getFirst().accountId(),
                finder.address().getHostAddress(),
                random.nextInt(60) == 0 ? Outcome.STALE : Outcome.CONFIRMED);
        int received = 60 + random.nextInt(70);
        int confirmed = 9 + random.nextInt(12);
        write(store, new HistoryChange.RoundRecorded(new RoundRecord(
                Nonces.hash(1_000_000 - back),
                height - back,
                baseTarget,
                begun,
                begun.plus(BLOCK_TIME),
                random.nextInt(90) == 0 ? Optional.empty() : Optional.of(best),
                new WorkCounts(received, received - confirmed, confirmed, back % 97 == 0 ? 3 : 0, 0, 0),
                estimate(back / 720.0),
                machines.size())));
        if (back <= ROUNDS_OF_NONCES) {
            for (MachineSettings machine : machines) {
                write(store, new HistoryChange.BestRecorded(new BestNonce(
                        machine.plots().getFirst().accountId(),
                        machine.address().getHostAddress(),
                        height - back,
                        draw(machine.capacityTib()),
                        begun.plusSeconds(30))));
            }
        }
    }

    /** As uncertain as an estimate of that many machines is, and as slow to change. */
    private double estimate(double daysAgo) {
        double slow = Math.sin(daysAgo * 31) * 0.02 + Math.sin(daysAgo * 97) * 0.013;
        return tib(daysAgo) * (1 + slow + random.nextDouble(-0.008, 0.008));
    }

    private void minute(SqliteSubmissionStore store, int back) {
        double daysAgo = back / 1_440.0;
        boolean slow = daysAgo > 1.6 && daysAgo < 1.8;
        int answers = 4 + random.nextInt(8);
        long[] classes = new long[Latencies.CLASSES];
        for (int i = 0; i < answers; i++) {
            double millis = Math.exp(random.nextGaussian() * 0.5) * (slow ? 480 : 34);
            classes[Latencies.classOf(Duration.ofNanos((long) (millis * 1e6)))]++;
        }
        int received = 30 + random.nextInt(36);
        write(store, new HistoryChange.MinuteRecorded(new MinuteRecord(
                now.minus(Duration.ofMinutes(back)),
                new WorkCounts(received, received - answers, answers, slow && random.nextInt(4) == 0 ? 1 : 0, 0, 0),
                Latencies.of(classes),
                estimate(daysAgo),
                machines.size())));
    }

    private void events(SqliteSubmissionStore store) {
        String machine = machines.get(3).address().getHostAddress();
        long id = 0;
        write(store, event(++id, 340, FarmEvent.Kind.UPSTREAM_DOWN, "", "http://pool.example:8080/: cannot connect"));
        write(store, event(++id, 338, FarmEvent.Kind.UPSTREAM_UP, "", "after 96 s"));
        write(store, event(++id, 121, FarmEvent.Kind.MACHINE_SILENT, machine, "3 rounds missed"));
        write(store, event(++id, 96, FarmEvent.Kind.MACHINE_BACK, machine, "after 1512 s"));
    }

    /** As many wins as a farm with a ninetieth of the network has, with a probable loss. */
    private void blocks(SqliteSubmissionStore store) {
        List<WonBlock> wins = new ArrayList<>();
        for (int back = WIN_EVERY / 2; back <= ROUNDS; back += 1 + random.nextInt(2 * WIN_EVERY)) {
            MachineSettings finder = machines.get(random.nextInt(machines.size()));
            WonBlock.Finder found = new WonBlock.Finder(finder.address().getHostAddress(), 1, 12 + random.nextInt(150));
            Instant at = now.minus(BLOCK_TIME.multipliedBy(back));
            wins.add(new WonBlock(
                    height - back,
                    Nonces.hash(2_000_000 - back),
                    at,
                    finder.plots().getFirst().accountId(),
                    random.nextInt(8) == 0 ? Optional.empty() : Optional.of(found),
                    random.nextInt(20) == 0));
        }
        WonBlock lost = wins.get(2);
        ProbableLoss loss = new ProbableLoss(
                lost.height() + 3, Nonces.hash(3), lost.at().plusSeconds(360), lost.accountId(),
                machines.get(1).address().getHostAddress(), 1, 21);
        write(store, new HistoryChange.BlocksRecorded(
                new BlockChange(wins, List.of(loss), List.of(), List.of(luck(wins)), List.of(), Optional.empty())));
    }

    private LuckRecord luck(List<WonBlock> wins) {
        long hour = now.getEpochSecond() / 3_600;
        List<LuckRecord.Period> periods = new ArrayList<>();
        for (long index = hour - 167; index < hour; index++) {
            long of = index;
            long won = wins.stream()
                    .filter(win -> !win.orphaned() && win.at().getEpochSecond() / 3_600 == of)
                    .count();
            periods.add(new LuckRecord.Period(index, 30.0 / WIN_EVERY, Math.toIntExact(won)));
        }
        long all = wins.stream().filter(win -> !win.orphaned()).count();
        return new LuckRecord(LuckSubject.FARM, (double) ROUNDS / WIN_EVERY, all, periods);
    }

    private HistoryChange event(long id, int minutesAgo, FarmEvent.Kind kind, String machine, String words) {
        Instant at = now.minus(Duration.ofMinutes(minutesAgo));
        return new HistoryChange.EventRecorded(
                new FarmEvent(id, at, kind, height - minutesAgo / 2, machine, "", 0, 0, 1, words));
    }
}
