/**
 * Commands to the running program on the same machine, over a local socket next to its database: start at {@link
 * org.pocx.aggregator.cli.control.ControlServer}.
 */
@NullMarked
package org.pocx.aggregator.cli.control;

import org.jspecify.annotations.NullMarked;
