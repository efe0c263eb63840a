package org.pocx.aggregator.simulator.bench;

/**
 * Whether a budget is kept.
 *
 * @param rule in words
 */
public record Verdict(boolean met, String rule) {}
