package org.pocx.aggregator.bench;

import java.util.List;

/** A row of the table. */
public sealed interface Row {

    /** {@return what the row is about} */
    Label label();

    /**
     * What a row is about.
     *
     * @param id for programs; never changes
     * @param title for people, at most 38 characters
     */
    record Label(String id, String title) {}

    /**
     * Whether a budget is met.
     *
     * @param met whether the figures meet the rule
     * @param rule in words
     */
    record BudgetResult(boolean met, String rule) {}

    /**
     * A row that was measured.
     *
     * @param label what the row is about
     * @param figures what was measured of the program
     * @param floorTitle what the floor was asked to do
     * @param floor what was measured of the floor, in the same run
     * @param failed requests without a result
     * @param budgets the budgets of this row
     * @param note what a reader should know; empty if there is nothing
     */
    record Measured(
            Label label,
            Figures figures,
            String floorTitle,
            Figures floor,
            long failed,
            List<BudgetResult> budgets,
            String note) implements Row {
        /** Copies the budgets. */
        public Measured {
            budgets = List.copyOf(budgets);
        }

        Measured(Label label, Figures figures, String floorTitle, Figures floor, long failed) {
            this(label, figures, floorTitle, floor, failed, List.of(), "");
        }

        Measured withBudgets(BudgetResult... results) {
            return new Measured(label, figures, floorTitle, floor, failed, List.of(results), note);
        }

        Measured withNote(String text) {
            return new Measured(label, figures, floorTitle, floor, failed, budgets, text);
        }

        /** Answers per second, as a ratio to the floor's. */
        double rateRatio() {
            return figures.ratioTo(floor).rate();
        }
    }

    /**
     * A row that could not be measured.
     *
     * @param label what the row would have been about
     * @param reason why it was not measured, in words for people
     */
    record LeftOut(Label label, String reason) implements Row {}
}
