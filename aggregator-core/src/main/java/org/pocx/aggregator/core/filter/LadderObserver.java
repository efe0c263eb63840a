package org.pocx.aggregator.core.filter;

import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.Fate;

/** Hears what a {@link Ladder} decides, while it decides it: under the lock that guards the ladder. */
public interface LadderObserver {

    /**
     * The candidate's fate changed; {@code before} is null when the ladder has just taken it.
     *
     * @param candidate one of the ladder, or one that it refused
     * @param before where it stood, or null
     * @param after where it stands now
     */
    void moved(Candidate candidate, @Nullable Fate before, Fate after);

    /**
     * The ladder does not hold the candidate any more, without a verdict: something better is confirmed, or it lost its
     * place.
     *
     * @param candidate its fate has been told before
     * @param behind the one that takes its place and claims no worse: until that is durable, the end of the process would
     *     cost both; null where something that is safe claims no worse
     */
    void dropped(Candidate candidate, @Nullable Candidate behind);
}
