package org.pocx.aggregator.core.backlog;

/**
 * What a backlog must know about the changes that it keeps. Stateless; called under the writer's monitor.
 *
 * @param <C> the type of the changes
 */
public interface BacklogPolicy<C> {
    /**
     * {@return the subject of the change} A later change of the same subject replaces an earlier one.
     *
     * @param change any change
     */
    Object subject(C change);

    /**
     * {@return whether a full backlog drops this change before those that are needed}
     *
     * @param change any change
     */
    boolean isExpendable(C change);
}
