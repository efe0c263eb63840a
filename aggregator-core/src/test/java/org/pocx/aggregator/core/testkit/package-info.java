/**
 * Fakes of the core's ports and the contract tests that every implementation of a port must pass. Start at {@link
 * org.pocx.aggregator.core.testkit.FakeUpstream} and {@link org.pocx.aggregator.core.testkit.ManualScheduler}.
 */
@NullMarked
package org.pocx.aggregator.core.testkit;

import org.jspecify.annotations.NullMarked;
