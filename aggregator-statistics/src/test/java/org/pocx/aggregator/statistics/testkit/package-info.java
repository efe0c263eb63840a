/** Contract tests of the ports of the statistics, for whoever implements one. */
@NullMarked
package org.pocx.aggregator.statistics.testkit;

import org.jspecify.annotations.NullMarked;
