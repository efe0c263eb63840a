package org.pocx.aggregator.http;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The current time in the format of HTTP, rendered once per second. Thread-safe: the state is one volatile reference.
 */
final class HttpDate {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final InstantSource clock;
    private volatile Made last = new Made(Long.MIN_VALUE, "");

    private record Made(long second, String text) {}

    HttpDate(InstantSource clock) {
        this.clock = clock;
    }

    String text() {
        long second = clock.millis() / 1000;
        Made made = last;
        if (made.second() != second) {
            made = new Made(second, FORMAT.format(clock.instant()));
            last = made;
        }
        return made.text();
    }
}
