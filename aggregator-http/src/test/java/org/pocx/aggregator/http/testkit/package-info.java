/** What tests need to look at HTTP as it goes over the wire. Start at {@link org.pocx.aggregator.http.testkit.RawHttpClient}. */
@NullMarked
package org.pocx.aggregator.http.testkit;

import org.jspecify.annotations.NullMarked;
