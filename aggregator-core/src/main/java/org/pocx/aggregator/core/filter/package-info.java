/** Which nonces compete with each other: {@link org.pocx.aggregator.core.filter.SubmissionFilter} and its implementations. */
@NullMarked
package org.pocx.aggregator.core.filter;

import org.jspecify.annotations.NullMarked;
