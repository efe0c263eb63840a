package org.pocx.aggregator.statistics.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The blocks of an {@link InMemoryHistory}, which guards them. */
final class InMemoryBlocks {
    static final int MAX_WINS = 100_000;
    static final int MAX_LOSSES = 10_000;

    private record Key(long height, String signature) {}

    private final Map<Key, HistoryRow<WonBlock>> wins = new LinkedHashMap<>();
    private final Map<Key, ProbableLoss> losses = new LinkedHashMap<>();
    /** The one that was changed last is last. Whoever writes bounds the number of subjects. */
    private final LinkedHashMap<LuckSubject, LuckRecord> luck = new LinkedHashMap<>();

    private BlockState state = BlockState.EMPTY;
    private long lastWin;

    void apply(BlockChange change) {
        change.wins().forEach(this::put);
        change.losses().forEach(this::put);
        change.withdrawn().forEach(loss -> losses.remove(new Key(loss.height(), loss.signature())));
        change.luck().forEach(record -> luck.putLast(record.subject(), record));
        change.forgotten().forEach(luck::remove);
        state = change.state().orElse(state);
    }

    private void put(WonBlock block) {
        Key key = new Key(block.height(), block.signature());
        HistoryRow<WonBlock> known = wins.get(key);
        wins.put(key, new HistoryRow<>(known == null ? ++lastWin : known.id(), block));
        if (wins.size() > MAX_WINS) {
            wins.remove(wins.keySet().iterator().next());
        }
    }

    private void put(ProbableLoss loss) {
        losses.put(new Key(loss.height(), loss.signature()), loss);
        if (losses.size() > MAX_LOSSES) {
            losses.remove(losses.keySet().iterator().next());
        }
    }

    Collection<HistoryRow<WonBlock>> wins() {
        return wins.values();
    }

    List<ProbableLoss> losses(int newest) {
        return new ArrayList<>(losses.values())
                .reversed().stream().limit(newest).toList();
    }

    BlockMemory memory() {
        return new BlockMemory(
                state,
                new ArrayList<>(wins.values())
                        .reversed().stream()
                                .limit(BlockMemory.LAST_WINS)
                                .map(HistoryRow::value)
                                .toList(),
                List.copyOf(luck.values()));
    }
}
