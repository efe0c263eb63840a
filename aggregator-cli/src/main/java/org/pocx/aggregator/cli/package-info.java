/**
 * The program: one class for each command, and one class that connects all parts. Start at {@link
 * org.pocx.aggregator.cli.Main}, then {@link org.pocx.aggregator.cli.Wiring}.
 */
@NullMarked
package org.pocx.aggregator.cli;

import org.jspecify.annotations.NullMarked;
