package org.pocx.aggregator.core.round;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.round.RoundChange.Kind;
import org.pocx.aggregator.core.upstream.NamedUpstream;

/**
 * The rounds that are open: the last three block hashes that each upstream announced. The same hash is the same round, whoever
 * announced it. What the active upstream announced last is current. The only owner of what is current.
 *
 * <p>Thread-safe: announcements are serialised by this object's monitor; reading takes no lock. Upstreams are named by their
 * ids.
 */
public final class RecentRounds {
    /** How many rounds of one upstream are open at once: a fork may revive an earlier one. */
    public static final int MAX_OPEN = 3;

    /** How many rounds of all upstreams are open at once. */
    public static final int MAX_OPEN_OF_ALL = 12;

    /** In the order of their last announcement by the active upstream, the current one last. Replaced as a whole. */
    private volatile List<Round> open = List.of();

    /** The hashes that the active upstream announced last. Replaced as a whole. */
    private volatile Set<String> ofActive = Set.of();

    /** By upstream, the one that announced longest ago first: its last hashes, the latest last. */
    private final Map<String, Deque<String>> announced = new LinkedHashMap<>(4, 0.75f, true);

    private final Set<String> wereCurrent = new HashSet<>();
    private String active;

    /** No round is open before the first announcement; there is one upstream, which has no name. */
    public RecentRounds() {
        this(NamedUpstream.UNNAMED);
    }

    /**
     * No round is open before the first announcement.
     *
     * @param active the id of the active upstream
     */
    public RecentRounds(String active) {
        this.active = active;
    }

    /**
     * Takes in what the active upstream says is being mined now.
     *
     * @param info an announcement, of any round
     * @return what the announcement changed
     */
    public RoundChange announce(MiningInfo info) {
        return announce(info, change -> {});
    }

    /**
     * Takes in what the active upstream says is being mined now.
     *
     * @param info an announcement, of any round
     * @param beforeVisible as below
     * @return what the announcement changed
     */
    public synchronized RoundChange announce(MiningInfo info, Consumer<RoundChange> beforeVisible) {
        return announce(active, info, beforeVisible);
    }

    /**
     * Takes in what an upstream says is being mined now.
     *
     * @param upstream its id; only what the active one announces becomes current
     * @param info an announcement, of any round
     * @param beforeVisible told of the change before {@link #find} shows it, so that what a submission of a new round needs
     *     is there before the first one can come; called under this object's monitor
     * @return what the announcement changed
     */
    public synchronized RoundChange announce(String upstream, MiningInfo info, Consumer<RoundChange> beforeVisible) {
        List<Round> rounds = new ArrayList<>(open);
        Round known = find(info.blockHash());
        boolean isActive = upstream.equals(active);
        boolean wasCurrent = isCurrent(info.blockHash());
        remember(upstream, info.blockHash());
        Round round = known == null ? Round.of(info) : form(known, info, isActive && wasCurrent, isActive);
        Kind kind = isActive ? kind(known, round, wasCurrent) : kindOfStandby(known, round);
        rounds.remove(known);
        place(round, isActive, known == null ? rounds.size() : open.indexOf(known), rounds);
        if (isActive) {
            wereCurrent.add(round.blockHash());
        }
        RoundChange change = new RoundChange(kind, round, isActive, close(rounds, upstream));
        ofActive = Set.copyOf(hashes(active));
        beforeVisible.accept(change);
        open = List.copyOf(rounds);
        return change;
    }

    private boolean isCurrent(String blockHash) {
        return blockHash.equals(hashes(active).peekLast());
    }

    private Deque<String> hashes(String upstream) {
        return announced.getOrDefault(upstream, new ArrayDeque<>(0));
    }

    private void remember(String upstream, String blockHash) {
        Deque<String> hashes = announced.computeIfAbsent(upstream, none -> new ArrayDeque<>(MAX_OPEN + 1));
        hashes.remove(blockHash);
        hashes.addLast(blockHash);
        if (hashes.size() > MAX_OPEN) {
            hashes.removeFirst();
        }
    }

    private static Round form(Round known, MiningInfo info, boolean wasCurrent, boolean isActive) {
        if (known.wasAnnouncedAs(info) && !(wasCurrent && !isLastForm(known, info))) {
            return known;
        }
        return isActive ? known.announcedAs(info) : known.alsoAnnouncedAs(info);
    }

    private static boolean isLastForm(Round round, MiningInfo info) {
        return Round.of(round.info()).wasAnnouncedAs(info);
    }

    private Kind kind(@Nullable Round known, Round round, boolean wasCurrent) {
        if (known == null || !wereCurrent.contains(round.blockHash())) {
            return Kind.OPENED;
        }
        return !wasCurrent ? Kind.REVIVED : known == round ? Kind.NONE : Kind.REANNOUNCED;
    }

    private static Kind kindOfStandby(@Nullable Round known, Round round) {
        return known == null ? Kind.OPENED : known == round ? Kind.NONE : Kind.REANNOUNCED;
    }

    /** What the active upstream announced is the last one; what another one announced keeps its place, or is before that. */
    private void place(Round round, boolean isActive, int index, List<Round> rounds) {
        if (isActive) {
            rounds.add(round);
        } else {
            int last = rounds.isEmpty() || hashes(active).isEmpty() ? rounds.size() : rounds.size() - 1;
            rounds.add(index < rounds.size() ? index : last, round);
        }
    }

    /** Removes what no upstream has among its last ones; at most one round for each announcement. */
    private Optional<Round> close(List<Round> rounds, String announcing) {
        Optional<Round> closed = closeForgotten(rounds).stream().findFirst();
        while (closed.isEmpty() && rounds.size() > MAX_OPEN_OF_ALL) {
            evictOldest(announcing);
            closed = closeForgotten(rounds).stream().findFirst();
        }
        return closed;
    }

    private void evictOldest(String announcing) {
        Deque<String> victim = announced.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(active) && !entry.getKey().equals(announcing))
                .map(Map.Entry::getValue)
                .filter(hashes -> !hashes.isEmpty())
                .findFirst()
                .orElseGet(() -> hashes(announcing));
        victim.removeFirst();
    }

    private List<Round> closeForgotten(List<Round> rounds) {
        Set<String> kept = new HashSet<>();
        announced.values().forEach(kept::addAll);
        List<Round> closed = rounds.stream()
                .filter(round -> !kept.contains(round.blockHash()))
                .toList();
        rounds.removeAll(closed);
        closed.forEach(round -> wereCurrent.remove(round.blockHash()));
        return closed;
    }

    /**
     * Another upstream is the active one: what it announced last is current.
     *
     * @param upstream its id
     * @param beforeVisible as above
     * @return what that changed; empty when the upstream has announced nothing
     */
    public synchronized Optional<RoundChange> activate(String upstream, Consumer<RoundChange> beforeVisible) {
        String before = hashes(active).peekLast();
        active = upstream;
        List<Round> rounds = new ArrayList<>(open);
        for (String hash : hashes(upstream)) {
            Round round = find(hash);
            if (round != null) {
                rounds.remove(round);
                rounds.add(round);
            }
        }
        String current = hashes(upstream).peekLast();
        ofActive = Set.copyOf(hashes(upstream));
        if (current == null) {
            return Optional.empty();
        }
        Kind kind = current.equals(before)
                ? Kind.NONE
                : wereCurrent.add(current) ? Kind.OPENED : Kind.REVIVED;
        RoundChange change = new RoundChange(kind, rounds.getLast(), true, Optional.empty());
        beforeVisible.accept(change);
        open = List.copyOf(rounds);
        return Optional.of(change);
    }

    /**
     * Closes the rounds that only this upstream announced: it has been unreachable for long, or is not configured any more.
     *
     * @param upstream its id; not the active one
     * @return the rounds that are closed now
     */
    public synchronized List<Round> forget(String upstream) {
        List<Round> rounds = new ArrayList<>(open);
        announced.remove(upstream);
        List<Round> closed = closeForgotten(rounds);
        open = List.copyOf(rounds);
        return closed;
    }

    /**
     * {@return whether the round is among the last ones that the active upstream announced}
     *
     * @param blockHash 64 lower-case hex characters
     */
    public boolean isOpenAtActive(String blockHash) {
        return ofActive.contains(blockHash);
    }

    /**
     * {@return the open round of that block hash, or null}
     *
     * @param blockHash 64 lower-case hex characters; anything else names no round
     */
    public @Nullable Round find(String blockHash) {
        List<Round> rounds = open;
        for (int i = rounds.size() - 1; i >= 0; i--) {
            if (rounds.get(i).blockHash().equals(blockHash)) {
                return rounds.get(i);
            }
        }
        return null;
    }

    /** {@return the round being mined, once the active upstream announced one} */
    public Optional<Round> current() {
        List<Round> rounds = open;
        return rounds.isEmpty() || !isOpenAtActive(rounds.getLast().blockHash())
                ? Optional.empty()
                : Optional.of(rounds.getLast());
    }

    /** {@return the open rounds, the current one last; unmodifiable} */
    public List<Round> open() {
        return open;
    }
}
