package org.pocx.aggregator.core.round;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** Takes in what the upstream says is being mined now. */
    public synchronized RoundChange announce(MiningInfo info) {
        Round known = find(info.blockHash());
        if (known == null) {
            return opened(Round.of(info));
        }
        boolean current = known == open.getLast();
        boolean same = known.wasAnnouncedAs(info) && (!current || isLastForm(known, info));
        Round round = same ? known : known.announcedAs(info);
        List<Round> rounds = new ArrayList<>(open);
        rounds.remove(known);
        rounds.add(round);
        open = List.copyOf(rounds);
        RoundChange.Kind kind = current
                ? (same ? RoundChange.Kind.NONE : RoundChange.Kind.REANNOUNCED)
                : RoundChange.Kind.REVIVED;
        return new RoundChange(kind, round, Optional.empty());
    }

    private static boolean isLastForm(Round round, MiningInfo info) {
        return Round.of(round.info()).wasAnnouncedAs(info);
    }

    private RoundChange opened(Round round) {
        List<Round> rounds = new ArrayList<>(open);
        rounds.add(round);
        Optional<Round> closed = rounds.size() > MAX_OPEN ? Optional.of(rounds.removeFirst()) : Optional.empty();
        open = List.copyOf(rounds);
        return new RoundChange(RoundChange.Kind.OPENED, round, closed);
    }

    /** The open round of that block hash (lower case), or null. */
    public @Nullable Round find(String blockHash) {
        List<Round> rounds = open;
        for (int i = rounds.size() - 1; i >= 0; i--) {
            if (rounds.get(i).blockHash().equals(blockHash)) {
                return rounds.get(i);
            }
        }
        return null;
    }

    /** The round being mined, once one was announced. */
    public Optional<Round> current() {
        List<Round> rounds = open;
        return rounds.isEmpty() ? Optional.empty() : Optional.of(rounds.getLast());
    }

    /** The open rounds, the current one last. Unmodifiable. */
    public List<Round> open() {
        return open;
    }
}
