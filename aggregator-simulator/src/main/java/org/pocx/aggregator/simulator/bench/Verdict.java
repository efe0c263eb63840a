package org.pocx.aggregator.simulator.bench;

/**
 * Whether a budget is kept.
 *
 * @param met whether the figures keep to the rule
 * @param rule in words
 */
public record Verdict(boolean met, String rule) {}
