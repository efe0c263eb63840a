/**
 * Which blocks are being mined: the last three that the upstream announced. Start at {@link
 * org.pocx.aggregator.core.round.RecentRounds}.
 */
@NullMarked
package org.pocx.aggregator.core.round;

import org.jspecify.annotations.NullMarked;
