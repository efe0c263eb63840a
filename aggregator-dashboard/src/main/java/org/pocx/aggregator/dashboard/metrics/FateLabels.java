package org.pocx.aggregator.dashboard.metrics;

import java.util.Locale;
import org.pocx.aggregator.core.event.Fate;

/** What the states of nonces are called in labels: as in {@code /stats}. */
final class FateLabels {
    private FateLabels() {}

    static String of(Fate fate) {
        return fate.name().toLowerCase(Locale.ROOT);
    }
}
