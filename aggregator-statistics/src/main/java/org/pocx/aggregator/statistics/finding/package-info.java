/**
 * What the statistics find out about machines: capacity that was lost, plot files that two machines mine. Start reading
 * at {@link org.pocx.aggregator.statistics.finding.Finding}.
 */
@NullMarked
package org.pocx.aggregator.statistics.finding;

import org.jspecify.annotations.NullMarked;
