/** What the tests of other modules need of the store's tests. */
@NullMarked
package org.pocx.aggregator.store.testkit;

import org.jspecify.annotations.NullMarked;
