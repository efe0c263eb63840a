/**
 * Keeps changes that a store cannot take now, and writes them when it can. Start at {@link
 * org.pocx.aggregator.core.backlog.BackloggedWriter}. Not exported to programs: the statistics write their history with it.
 */
@NullMarked
package org.pocx.aggregator.core.backlog;

import org.jspecify.annotations.NullMarked;
