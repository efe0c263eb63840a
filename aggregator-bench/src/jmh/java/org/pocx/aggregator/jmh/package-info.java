/** What single pieces cost: an aid in finding out why; the judge is the command {@code bench}. Start at any class. */
@NullMarked
package org.pocx.aggregator.jmh;

import org.jspecify.annotations.NullMarked;
