/** Contract tests for implementations of the ports of the statistics. */
@NullMarked
package org.pocx.aggregator.statistics.testkit;

import org.jspecify.annotations.NullMarked;
