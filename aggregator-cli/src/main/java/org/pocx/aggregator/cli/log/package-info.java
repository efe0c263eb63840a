/**
 * What an operator reads: console, file, and one line for each event that matters. Start at {@link
 * org.pocx.aggregator.cli.log.Logging} and {@link org.pocx.aggregator.cli.log.LoggingListener}.
 */
@NullMarked
package org.pocx.aggregator.cli.log;

import org.jspecify.annotations.NullMarked;
