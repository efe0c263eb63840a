/** Helpers of the store's tests for tests of other modules. */
@NullMarked
package org.pocx.aggregator.store.testkit;

import org.jspecify.annotations.NullMarked;
