package org.pocx.aggregator.statistics.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.statistics.history.SubmissionRecord.Ending;

/**
 * The history of an {@link InMemoryFarmStore}: its last rounds, minutes and events. Thread-safe; guarded by its
 * monitor. The submissions belong to the store, which returns copies.
 */
final class InMemoryHistory implements FarmHistory {
    static final int MAX_ROUNDS = 6_000;
    static final int MAX_MINUTES = 8 * 24 * 60;
    static final int MAX_EVENTS = 10_000;
    static final int MAX_HOURS = 100_000;

    private final Submissions submissions;
    private final Map<String, HistoryRow<RoundRecord>> rounds = new LinkedHashMap<>();
    private final TreeMap<Instant, MinuteRecord> minutes = new TreeMap<>();
    private final TreeMap<Long, FarmEvent> events = new TreeMap<>();
    private final InMemoryBlocks blocks = new InMemoryBlocks();
    private final Map<HourKey, CapacityHour> hours = new LinkedHashMap<>();
    private long lastRound;

    private record HourKey(String machine, Instant hour) {}

    /** The nonces of the store. */
    interface Submissions {
        List<HistoryRow<BestNonce>> bests();

        List<HistoryRow<Verdict>> verdicts();
    }

    InMemoryHistory(Submissions submissions) {
        this.submissions = submissions;
    }

    synchronized void record(RoundRecord round) {
        HistoryRow<RoundRecord> known = rounds.get(round.blockHash());
        if (known == null) {
            rounds.put(round.blockHash(), new HistoryRow<>(++lastRound, round));
            if (rounds.size() > MAX_ROUNDS) {
                rounds.remove(rounds.keySet().iterator().next());
            }
        } else {
            rounds.put(round.blockHash(), new HistoryRow<>(known.id(), begunAt(round, known.value().begunAt())));
        }
    }

    private static RoundRecord begunAt(RoundRecord round, Instant begunAt) {
        return new RoundRecord(
                round.blockHash(),
                round.height(),
                round.baseTarget(),
                begunAt,
                round.until(),
                round.best(),
                round.counts(),
                round.capacityTib(),
                round.activeMachines());
    }

    synchronized void record(MinuteRecord minute) {
        minutes.put(minute.at(), minute);
        if (minutes.size() > MAX_MINUTES) {
            minutes.pollFirstEntry();
        }
    }

    synchronized void record(FarmEvent event) {
        events.put(event.id(), event);
        if (events.size() > MAX_EVENTS) {
            events.pollFirstEntry();
        }
    }

    synchronized void record(BlockChange change) {
        blocks.apply(change);
    }

    synchronized BlockMemory blocks() {
        return blocks.memory();
    }

    @Override
    public synchronized List<HistoryRow<WonBlock>> wonBlocks(BlockQuery query) {
        return newestFirst(blocks.wins(), query.page(), row -> query.matches(row.value()));
    }

    @Override
    public synchronized List<ProbableLoss> probableLosses(int newest) {
        return blocks.losses(newest);
    }

    synchronized void record(CapacityHour hour) {
        hours.put(new HourKey(hour.machine(), hour.hour()), hour);
        if (hours.size() > MAX_HOURS) {
            hours.remove(hours.keySet().iterator().next());
        }
    }

    @Override
    public synchronized List<HistoryRow<RoundRecord>> rounds(HistoryPage page) {
        return newestFirst(rounds.values(), page, row -> true);
    }

    private static <T> List<HistoryRow<T>> newestFirst(
            Collection<HistoryRow<T>> rows, HistoryPage page, Predicate<HistoryRow<T>> wanted) {
        return rows.stream()
                .filter(row -> row.id() < page.before())
                .filter(wanted)
                .sorted(Comparator.comparingLong((HistoryRow<T> row) -> row.id()).reversed())
                .skip(page.offset())
                .limit(page.limit())
                .toList();
    }

    @Override
    public List<HistoryRow<SubmissionRecord>> submissions(SubmissionQuery query) {
        List<HistoryRow<Verdict>> verdicts = submissions.verdicts();
        List<HistoryRow<SubmissionRecord>> all = query.outcome().isEmpty()
                ? submissions.bests().stream().map(row -> best(row, verdicts)).toList()
                : verdicts.stream().map(InMemoryHistory::forwarded).toList();
        return newestFirst(all, query.page(), row -> matches(row.value(), query));
    }

    private static HistoryRow<SubmissionRecord> best(HistoryRow<BestNonce> row, List<HistoryRow<Verdict>> verdicts) {
        BestNonce best = row.value();
        Optional<Ending> ending = verdicts.stream()
                .map(HistoryRow::value)
                .filter(verdict -> verdict.submission().height() == best.height()
                        && verdict.submission().accountId().equals(best.accountId())
                        && verdict.miner().id().equals(best.machine())
                        && verdict.finalRawQuality() == best.rawQuality())
                .reduce((earlier, later) -> later)
                .map(InMemoryHistory::ending);
        return new HistoryRow<>(
                row.id(),
                new SubmissionRecord(
                        best.accountId(), best.machine(), best.height(), best.rawQuality(), best.at(), ending));
    }

    private static HistoryRow<SubmissionRecord> forwarded(HistoryRow<Verdict> row) {
        Verdict verdict = row.value();
        return new HistoryRow<>(
                row.id(),
                new SubmissionRecord(
                        verdict.submission().accountId(),
                        verdict.miner().id(),
                        verdict.submission().height(),
                        verdict.finalRawQuality(),
                        verdict.nonce().receivedAt(),
                        Optional.of(ending(verdict))));
    }

    private static Ending ending(Verdict verdict) {
        return new Ending(
                verdict.outcome(),
                verdict.submission().baseTarget(),
                verdict.message(),
                verdict.at());
    }

    private static boolean matches(SubmissionRecord row, SubmissionQuery query) {
        return query.accountId().map(row.accountId()::equals).orElse(true)
                && query.machine().map(row.machine()::equals).orElse(true)
                && (query.height().isEmpty() || query.height().getAsLong() == row.height())
                && query.outcome()
                        .map(wanted -> row.ending().map(Ending::outcome).filter(wanted::equals).isPresent())
                        .orElse(true);
    }

    @Override
    public synchronized List<FarmEvent> events(EventQuery query) {
        Stream<FarmEvent> newestFirst = events.descendingMap().values().stream();
        return newestFirst
                .filter(query::matches)
                .skip(query.page().offset())
                .limit(query.page().limit())
                .toList();
    }

    @Override
    public void readRounds(Instant from, Consumer<RoundRecord> reader) {
        List<RoundRecord> wanted;
        synchronized (this) {
            wanted = new ArrayList<>(rounds.values().stream().map(HistoryRow::value).toList());
        }
        wanted.stream()
                .filter(round -> !round.begunAt().isBefore(from))
                .sorted(Comparator.comparing(RoundRecord::begunAt))
                .forEach(reader);
    }

    @Override
    public void readMinutes(Instant from, Consumer<MinuteRecord> reader) {
        List<MinuteRecord> wanted;
        synchronized (this) {
            wanted = List.copyOf(minutes.tailMap(from).values());
        }
        wanted.forEach(reader);
    }

    @Override
    public void readCapacityHours(String machine, Instant from, Consumer<CapacityHour> reader) {
        List<CapacityHour> wanted;
        synchronized (this) {
            wanted = hours.values().stream()
                    .filter(hour -> hour.machine().equals(machine) && !hour.hour().isBefore(from))
                    .sorted(Comparator.comparing(CapacityHour::hour))
                    .toList();
        }
        wanted.forEach(reader);
    }
}
