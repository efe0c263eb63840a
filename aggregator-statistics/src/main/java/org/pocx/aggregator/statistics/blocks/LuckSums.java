package org.pocx.aggregator.statistics.blocks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pocx.aggregator.statistics.history.LuckRecord;
import org.pocx.aggregator.statistics.history.LuckSubject;

/**
 * Expected and actual wins of the farm, of each account and of each machine. Accounts and machines that had no chance to
 * win for the longest time are forgotten when there are more than {@value #MAX_OF_KIND} of them.
 *
 * <p>Thread-safe; guarded by its monitor.
 */
final class LuckSums {
    static final int MAX_OF_KIND = 20_000;

    /** The subject that was changed longest ago comes first. */
    private final Map<LuckSubject.Kind, LinkedHashMap<LuckSubject, LuckSum>> sums =
            new EnumMap<>(LuckSubject.Kind.class);

    private final Set<LuckSubject> changed = new LinkedHashSet<>();
    private final List<LuckSubject> forgotten = new ArrayList<>();

    synchronized void restore(List<LuckRecord> records) {
        records.forEach(record -> put(record.subject(), LuckSum.of(record)));
    }

    synchronized void expect(LuckSubject subject, Instant at, double probability) {
        sum(subject).expect(at, probability);
    }

    synchronized void win(LuckSubject subject, Instant at, int change) {
        sum(subject).win(at, change);
    }

    private LuckSum sum(LuckSubject subject) {
        changed.add(subject);
        LuckSum known = sums(subject.kind()).get(subject);
        return put(subject, known != null ? known : new LuckSum(subject));
    }

    private LuckSum put(LuckSubject subject, LuckSum sum) {
        LinkedHashMap<LuckSubject, LuckSum> same = sums(subject.kind());
        same.putLast(subject, sum);
        if (same.size() > MAX_OF_KIND) {
            LuckSubject gone = same.pollFirstEntry().getKey();
            changed.remove(gone);
            forgotten.add(gone);
        }
        return sum;
    }

    private LinkedHashMap<LuckSubject, LuckSum> sums(LuckSubject.Kind kind) {
        return sums.computeIfAbsent(kind, first -> new LinkedHashMap<>());
    }

    synchronized SubjectWins of(LuckSubject subject, Instant now) {
        LuckSum known = sums(subject.kind()).get(subject);
        return (known != null ? known : new LuckSum(subject)).until(now);
    }

    synchronized List<SubjectWins> all(LuckSubject.Kind kind, Instant now) {
        return sums(kind).values().stream().map(sum -> sum.until(now)).toList();
    }

    /** The records of those of these subjects that have changed and were not taken yet. */
    synchronized List<LuckRecord> take(Collection<LuckSubject> subjects) {
        List<LuckRecord> records = new ArrayList<>();
        for (LuckSubject subject : subjects) {
            LuckSum sum = sums(subject.kind()).get(subject);
            if (changed.remove(subject) && sum != null) {
                records.add(sum.toRecord());
            }
        }
        return records;
    }

    /** The records that have waited longest to be written. */
    synchronized List<LuckRecord> takeChanged(int max) {
        return take(changed.stream().limit(max).toList());
    }

    /** The subjects that were forgotten since the last call. */
    synchronized List<LuckSubject> takeForgotten() {
        List<LuckSubject> taken = List.copyOf(forgotten);
        forgotten.clear();
        return taken;
    }
}
