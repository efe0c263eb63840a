package org.pocx.aggregator.core.round;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.MiningInfo;

/**
 * The rounds that are open: the last three block hashes that the upstream announced. The only owner of what is current.
 *
 * <p>Thread-safe: announcements are serialised by this object's monitor; reading takes no lock.
 */
public final class RecentRounds {
    /** How many rounds are open at once: a fork may revive an earlier one. */
    public static final int MAX_OPEN = 3;

    /** In the order of their last announcement, the current one last. Replaced as a whole. */
    private volatile List<Round> open = List.of();

    /** No round is open before the first announcement. */
    public RecentRounds() {}

    /**
     * Takes in what the upstream says is being mined now.
     *
     * @param info an announcement, of any round
     * @return what the announcement changed
     */
    public RoundChange announce(MiningInfo info) {
        return announce(info, change -> {});
    }

    /**
     * Takes in what the upstream says is being mined now.
     *
     * @param info an announcement, of any round
     * @param beforeVisible told of the change before {@link #find} shows it, so that what a submission of a new round needs
     *     is there before the first one can come; called under this object's monitor
     * @return what the announcement changed
     */
    public synchronized RoundChange announce(MiningInfo info, Consumer<RoundChange> beforeVisible) {
        List<Round> rounds = new ArrayList<>(open);
        Round known = find(info.blockHash());
        RoundChange change = known == null ? opened(Round.of(info), rounds) : announcedAgain(known, info, rounds);
        beforeVisible.accept(change);
        open = List.copyOf(rounds);
        return change;
    }

    private static RoundChange opened(Round round, List<Round> rounds) {
        rounds.add(round);
        Optional<Round> closed = rounds.size() > MAX_OPEN ? Optional.of(rounds.removeFirst()) : Optional.empty();
        return new RoundChange(RoundChange.Kind.OPENED, round, closed);
    }

    private static RoundChange announcedAgain(Round known, MiningInfo info, List<Round> rounds) {
        boolean current = known == rounds.getLast();
        boolean same = known.wasAnnouncedAs(info) && (!current || isLastForm(known, info));
        Round round = same ? known : known.announcedAs(info);
        rounds.remove(known);
        rounds.add(round);
        RoundChange.Kind kind = current
                ? (same ? RoundChange.Kind.NONE : RoundChange.Kind.REANNOUNCED)
                : RoundChange.Kind.REVIVED;
        return new RoundChange(kind, round, Optional.empty());
    }

    private static boolean isLastForm(Round round, MiningInfo info) {
        return Round.of(round.info()).wasAnnouncedAs(info);
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

    /** {@return the round being mined, once one was announced} */
    public Optional<Round> current() {
        List<Round> rounds = open;
        return rounds.isEmpty() ? Optional.empty() : Optional.of(rounds.getLast());
    }

    /** {@return the open rounds, the current one last; unmodifiable} */
    public List<Round> open() {
        return open;
    }
}
