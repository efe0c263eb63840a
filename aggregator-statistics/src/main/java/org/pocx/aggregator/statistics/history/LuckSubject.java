package org.pocx.aggregator.statistics.history;

import java.time.Duration;

/**
 * Whose wins are counted: the farm, an account or a machine.
 *
 * @param kind which of them
 * @param id the account id or the id of the machine; empty for the farm
 */
public record LuckSubject(Kind kind, String id) {
    /** The whole farm. */
    public static final LuckSubject FARM = new LuckSubject(Kind.FARM, "");

    /** The kinds of subjects. Their names are stored: never rename one. */
    public enum Kind {
        /** The whole farm. */
        FARM(Duration.ofHours(1)),
        /** An account. */
        ACCOUNT(Duration.ofHours(3)),
        /** A machine. */
        MACHINE(Duration.ofHours(3));

        private final Duration period;

        Kind(Duration period) {
            this.period = period;
        }

        /** {@return the length of the periods by which the last week is divided; coarser where there are many subjects} */
        public Duration period() {
            return period;
        }
    }

    /**
     * {@return an account}
     *
     * @param accountId 40 lower-case hex characters
     */
    public static LuckSubject account(String accountId) {
        return new LuckSubject(Kind.ACCOUNT, accountId);
    }

    /**
     * {@return a machine}
     *
     * @param id as in {@link BestNonce#machine}
     */
    public static LuckSubject machine(String id) {
        return new LuckSubject(Kind.MACHINE, id);
    }
}
