package org.pocx.aggregator.cli.it;

import java.time.ZoneOffset;
import org.pocx.aggregator.core.time.WallClock;

/** The clock of the tests, for the processes that they start. */
final class TestClock {
    /** An option of Java that gives a child this process' date. */
    static final String OPTION = "-D" + WallClock.OFFSET + "=" + System.getProperty(WallClock.OFFSET, "");

    private static final int NOON = 12;

    private TestClock() {}

    /** A zone whose midnight is hours away, for what begins anew with the day; as browsers and Java call it. */
    static String zoneAtNoon() {
        int hour = WallClock.system().instant().atOffset(ZoneOffset.UTC).getHour();
        return "Etc/GMT%+d".formatted(hour - NOON); // their sign is the other way round
    }
}
