package org.pocx.aggregator.core.forward;

/**
 * The upstream answered a poll with mining info.
 *
 * @param askedNanos when it was asked, monotonic clock
 * @param endsOutage whether the poll before failed
 * @param newCredentials whether the credentials have changed since the poll before
 */
record PollResult(long askedNanos, boolean endsOutage, boolean newCredentials) {}
