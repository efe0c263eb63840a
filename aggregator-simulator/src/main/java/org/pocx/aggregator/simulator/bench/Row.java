package org.pocx.aggregator.simulator.bench;

import java.util.List;
import java.util.Optional;

/** A row of the table. */
public sealed interface Row {

    /** {@return which measurement the row is about} */
    RowName name();

    /**
     * One that was measured.
     *
     * @param name which measurement it is
     * @param figures what was measured of the program
     * @param floorTitle what the floor was asked to do
     * @param floor measured in turns with it
     * @param failed requests without a result
     * @param verdicts on its budgets
     * @param note what a reader should know
     */
    record Measured(
            RowName name,
            Figures figures,
            String floorTitle,
            Figures floor,
            long failed,
            List<Verdict> verdicts,
            Optional<String> note) implements Row {
        /** Copies the verdicts. */
        public Measured {
            verdicts = List.copyOf(verdicts);
        }

        Measured with(Verdict... judged) {
            return new Measured(name, figures, floorTitle, floor, failed, List.of(judged), note);
        }

        Measured with(String words) {
            return new Measured(name, figures, floorTitle, floor, failed, verdicts, Optional.of(words));
        }
    }

    /**
     * One that could not be measured.
     *
     * @param name which measurement it would have been
     * @param reason why not, in words for people
     */
    record LeftOut(RowName name, String reason) implements Row {}
}
