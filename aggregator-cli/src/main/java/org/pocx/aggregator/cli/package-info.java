/**
 * The program: one class a command, and one place where its parts are put together. Start at {@link
 * org.pocx.aggregator.cli.Main}, then {@link org.pocx.aggregator.cli.Wiring}.
 */
@NullMarked
package org.pocx.aggregator.cli;

import org.jspecify.annotations.NullMarked;
