package org.pocx.aggregator.statistics.history;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.store.Verdict;

/** Which submissions. Immutable. */
public final class SubmissionQuery {
    private final HistoryPage page;
    private final @Nullable String accountId;
    private final @Nullable String machine;
    private final OptionalLong height;
    private final Verdict.@Nullable Outcome outcome;

    private SubmissionQuery(Builder parts) {
        page = parts.page;
        accountId = parts.accountId;
        machine = parts.machine;
        height = parts.height;
        outcome = parts.outcome;
    }

    /**
     * {@return a query for the best received nonce of each account, machine and block that was not rejected}
     *
     * @param page the part of the list, newest first
     */
    public static SubmissionQuery bests(HistoryPage page) {
        return builder(page).build();
    }

    /**
     * {@return a builder for a question as of {@link #bests}, to narrow it}
     *
     * @param page which part of the list, newest first
     */
    public static Builder builder(HistoryPage page) {
        return new Builder(page);
    }

    /** {@return which part of the list, newest first} */
    public HistoryPage page() {
        return page;
    }

    /** {@return the only account; empty for all} */
    public Optional<String> accountId() {
        return Optional.ofNullable(accountId);
    }

    /** {@return the id of the only machine; empty for all} */
    public Optional<String> machine() {
        return Optional.ofNullable(machine);
    }

    /** {@return u64, the height of the only block; empty for all} */
    public OptionalLong height() {
        return height;
    }

    /**
     * {@return empty for the best nonce that was received and not rejected, of each account, machine and block; otherwise all
     * that were forwarded and ended so}
     */
    public Optional<Verdict.Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** Narrows a {@link SubmissionQuery}. Each method throws {@link NullPointerException} for null. Not thread-safe. */
    public static final class Builder {
        private final HistoryPage page;
        private @Nullable String accountId;
        private @Nullable String machine;
        private OptionalLong height = OptionalLong.empty();
        private Verdict.@Nullable Outcome outcome;

        private Builder(HistoryPage page) {
            this.page = Objects.requireNonNull(page, "page");
        }

        /**
         * Only of this account.
         *
         * @param only any text; one that is no account id finds nothing
         * @return this
         */
        public Builder accountId(String only) {
            accountId = Objects.requireNonNull(only, "accountId");
            return this;
        }

        /**
         * Only of this machine.
         *
         * @param only its id, in any spelling of its address
         * @return this
         */
        public Builder machine(String only) {
            machine = MinerId.ofId(Objects.requireNonNull(only, "machine")).id();
            return this;
        }

        /**
         * Only of this block.
         *
         * @param only u64
         * @return this
         */
        public Builder height(long only) {
            height = OptionalLong.of(only);
            return this;
        }

        /**
         * All that were forwarded and ended so, instead of the best of each account, machine and block.
         *
         * @param only the verdict
         * @return this
         */
        public Builder outcome(Verdict.Outcome only) {
            outcome = Objects.requireNonNull(only, "outcome");
            return this;
        }

        /** {@return the question} */
        public SubmissionQuery build() {
            return new SubmissionQuery(this);
        }
    }
}
