/**
 * Reads the configuration file into immutable settings. Every error names file, line and key. Start at
 * {@link org.pocx.aggregator.cli.config.ConfigFile}; {@link org.pocx.aggregator.cli.config.ConfigKeys} lists all keys.
 */
@NullMarked
package org.pocx.aggregator.cli.config;

import org.jspecify.annotations.NullMarked;
