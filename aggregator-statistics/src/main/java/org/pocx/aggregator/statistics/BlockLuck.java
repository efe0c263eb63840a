package org.pocx.aggregator.statistics;

import java.util.List;
import org.pocx.aggregator.statistics.history.LuckSubject;

/** Expected and actual wins now. Thread-safe. The blocks themselves are in the history. */
public interface BlockLuck {

    /** {@return how many blocks were not seen, since the beginning: it is unknown who won them, and they are no part of any luck} */
    long unseenBlocks();

    /**
     * {@return the luck of a subject; without wins, expected or actual, if it is unknown}
     *
     * @param subject whose luck
     */
    LuckReport of(LuckSubject subject);

    /**
     * {@return the luck of all subjects of that kind that ever had a chance to win, at most 20,000, in any order}
     *
     * @param kind of the subjects
     */
    List<LuckReport> all(LuckSubject.Kind kind);
}
