package org.pocx.aggregator.statistics.detection;

import java.time.Instant;
import org.pocx.aggregator.statistics.finding.PlotOverlap;
import org.pocx.aggregator.statistics.history.DetectorState;

/** An overlap as the store keeps it. Ids of machines contain no line breaks. */
final class OverlapText {
    private static final String SEPARATOR = "\n";

    private OverlapText() {}

    static DetectorState of(PlotOverlap overlap) {
        return new DetectorState(
                OverlapDetector.KIND,
                overlap.machineA() + SEPARATOR + overlap.machineB(),
                overlap.lastAt(),
                overlap.since() + " " + overlap.nonces() + " " + overlap.rounds());
    }

    /**
     * Reads an overlap.
     *
     * @throws RuntimeException if it is not one
     */
    static PlotOverlap parse(DetectorState state) {
        String[] ids = state.subject().split(SEPARATOR, 2);
        String[] words = state.text().split(" ", -1);
        return new PlotOverlap(
                ids[0], ids[1], Instant.parse(words[0]), state.at(), Long.parseLong(words[1]),
                Long.parseLong(words[2]));
    }
}
