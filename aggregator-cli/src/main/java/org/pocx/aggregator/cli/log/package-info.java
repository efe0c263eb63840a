/**
 * The log on the console and in the file, with one line for each important event. Start at {@link
 * org.pocx.aggregator.cli.log.Logging} and {@link org.pocx.aggregator.cli.log.LoggingListener}.
 */
@NullMarked
package org.pocx.aggregator.cli.log;

import org.jspecify.annotations.NullMarked;
