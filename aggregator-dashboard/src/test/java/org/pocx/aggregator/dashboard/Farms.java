package org.pocx.aggregator.dashboard;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.store.Verdict.Outcome;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.core.time.WallClock;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.dashboard.live.LiveFeed;
import org.pocx.aggregator.statistics.FarmSnapshot;
import org.pocx.aggregator.statistics.history.BestNonce;
import org.pocx.aggregator.statistics.history.BlockChange;
import org.pocx.aggregator.statistics.history.CapacityHour;
import org.pocx.aggregator.statistics.history.FarmEvent;
import org.pocx.aggregator.statistics.history.HistoryChange;
import org.pocx.aggregator.statistics.history.InMemoryFarmStore;
import org.pocx.aggregator.statistics.history.Latencies;
import org.pocx.aggregator.statistics.history.MinuteRecord;
import org.pocx.aggregator.statistics.history.ProbableLoss;
import org.pocx.aggregator.statistics.history.RoundRecord;
import org.pocx.aggregator.statistics.history.WonBlock;
import org.pocx.aggregator.statistics.history.WorkCounts;

/** The sources of a dashboard for a farm with a history. */
public final class Farms {
    public static final String MACHINE = "127.0.0.13";
    private static final Duration BLOCK_TIME = Duration.ofMinutes(2);
    private static final List<FarmEvent.Kind> KINDS = List.of(FarmEvent.Kind.values());

    public final AtomicReference<FarmSnapshot> now = new AtomicReference<>(Snapshots.small());
    public final InMemoryFarmStore store = new InMemoryFarmStore();
    public final LiveFeed live = new LiveFeed();

    /** The machines whose baseline was reset, known or not. */
    public final List<String> resets = new CopyOnWriteArrayList<>();

    private List<CapacityHour> capacityHours(String machine) {
        List<CapacityHour> hours = new ArrayList<>();
        store.history().readCapacityHours(machine, Instant.EPOCH, hours::add);
        return hours;
    }

    public DashboardSources sources() {
        return new DashboardSources(
                now::get,
                new RenderedStats(now::get),
                store.history(),
                new FixedLuck(),
                () -> "pocx_up 1\n".getBytes(StandardCharsets.UTF_8),
                BLOCK_TIME,
                live,
                this::capacityHours,
                machine -> resets.add(machine) && machine.equals(MACHINE));
    }

    public void write(HistoryChange change) {
        store.write(change).join();
    }

    public void write(StoreChange change) {
        store.write(change).join();
    }

    /** Some rounds, minutes, events and nonces, the last ones now, with values above 2^63. */
    public Farms withPast() {
        Instant end = WallClock.system().instant().truncatedTo(ChronoUnit.MINUTES);
        for (int i = 1; i <= 25; i++) {
            Instant at = end.minus(BLOCK_TIME.multipliedBy(25 - i));
            write(new HistoryChange.RoundRecorded(round(i, at)));
            write(new HistoryChange.MinuteRecorded(new MinuteRecord(
                    at, new WorkCounts(i, i / 2, 2, i % 3, 0, 0), Latencies.of(0, i, 1),
                    i % 5 == 0 ? Double.NaN : 20 + i, 3)));
            write(new HistoryChange.EventRecorded(event(i, at)));
            write(new HistoryChange.BestRecorded(new BestNonce(Nonces.account(i), MACHINE, 100 + i, -i, at)));
        }
        write(blocks(end));
        NonceSubmission nonce = Nonces.nonce(Nonces.round(125), 25, 1, -25);
        write(verdict(nonce, Outcome.CONFIRMED, ""));
        write(verdict(Nonces.nonce(Nonces.round(125), 24, 2, 0), Outcome.REJECTED, "<b>bad plot</b>"));
        return this;
    }

    /** Blocks of heights 1 to 25, the last one with values above 2^63, and every fifth one won elsewhere. */
    private static HistoryChange blocks(Instant end) {
        List<WonBlock> wins = new ArrayList<>();
        for (int i = 1; i <= 25; i++) {
            Optional<WonBlock.Finder> finder =
                    i % 5 == 0 ? Optional.empty() : Optional.of(new WonBlock.Finder(MACHINE, -i, 10L + i));
            wins.add(new WonBlock(
                    i == 24 ? -24 : i,
                    Nonces.hash(i),
                    end.minus(BLOCK_TIME.multipliedBy(25 - i)),
                    Nonces.account(i % 3),
                    finder,
                    i == 7));
        }
        return new HistoryChange.BlocksRecorded(new BlockChange(
                wins,
                List.of(
                        new ProbableLoss(-3, Nonces.hash(3), end, Nonces.account(1), MACHINE, -1, 77),
                        new ProbableLoss(4, Nonces.hash(4), end, Nonces.account(2), "10.0.0.9", 5, 78)),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty()));
    }

    private static RoundRecord round(int i, Instant at) {
        return new RoundRecord(
                Nonces.hash(i),
                i == 3 ? -3 : 100 + i,
                -2,
                at,
                at.plusSeconds(100),
                i % 7 == 0
                        ? Optional.empty()
                        : Optional.of(new RoundRecord.Best(
                                -i, 10L + i, Nonces.account(i), MACHINE, i % 2 == 0 ? Outcome.CONFIRMED : null)),
                new WorkCounts(i, i / 2, 2, 1, 0, 0),
                i == 4 ? Double.NaN : 12.5,
                3);
    }

    private static FarmEvent event(int i, Instant at) {
        FarmEvent.Kind kind = KINDS.get(i % KINDS.size());
        return new FarmEvent(
                i, at, kind, 100 + i, MACHINE, i % 2 == 0 ? Nonces.account(i) : "", -i, 10 + i, 1, "words \"of\" it");
    }

    private static StoreChange verdict(NonceSubmission nonce, Outcome outcome, String words) {
        Instant at = WallClock.system().instant();
        return new StoreChange.VerdictGiven(
                new Verdict(new ReceivedNonce(nonce, new MinerId(MACHINE), at), outcome, nonce.rawQuality(),
                        new UpstreamMessage(words, "-26"), outcome == Outcome.REJECTED, at));
    }
}
