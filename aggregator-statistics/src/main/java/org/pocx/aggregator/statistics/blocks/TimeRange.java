package org.pocx.aggregator.statistics.blocks;

/**
 * A time or a duration that is known only within limits, because polls failed or the aggregator was not running.
 *
 * @param earliest nanoseconds
 * @param latest nanoseconds, not below the earliest
 */
record TimeRange(long earliest, long latest) {

    TimeRange {
        if (latest < earliest) {
            throw new IllegalArgumentException("latest is before earliest: " + earliest + ", " + latest);
        }
    }

    /** The time from another one until this one, which is later; not negative. */
    TimeRange since(TimeRange begin) {
        return new TimeRange(Math.max(0, earliest - begin.latest), Math.max(0, latest - begin.earliest));
    }

    /** Whether a time may be the same as this one, if both are uncertain by the tolerance. */
    boolean isNear(long time, long tolerance) {
        return time >= earliest - tolerance && time <= latest + tolerance;
    }
}
