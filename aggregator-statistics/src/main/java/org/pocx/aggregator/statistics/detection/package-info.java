/**
 * Finds what an owner has to repair: machines that lost a part of their capacity, and machines that mine the same plot
 * files. Start reading at {@link org.pocx.aggregator.statistics.detection.FarmDetection}; the statistics of a single
 * machine are in {@code CapacityDetector}.
 */
@NullMarked
package org.pocx.aggregator.statistics.detection;

import org.jspecify.annotations.NullMarked;
