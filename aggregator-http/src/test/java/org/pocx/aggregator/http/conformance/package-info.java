/**
 * RFC 9112, and the parts of RFC 9110 that bind a server, requirement by requirement. Each interface has the tests of one chapter; a
 * class that implements {@link org.pocx.aggregator.http.conformance.HttpConformance} runs all of them against its engine.
 */
@NullMarked
package org.pocx.aggregator.http.conformance;

import org.jspecify.annotations.NullMarked;
