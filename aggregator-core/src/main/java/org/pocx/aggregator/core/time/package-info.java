/**
 * Time as a port: what is to happen later, on a clock that never steps; and how to find out that the other one did. Start at {@link
 * org.pocx.aggregator.core.time.Scheduler}.
 */
@NullMarked
package org.pocx.aggregator.core.time;

import org.jspecify.annotations.NullMarked;
