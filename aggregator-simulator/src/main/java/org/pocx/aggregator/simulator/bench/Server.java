package org.pocx.aggregator.simulator.bench;

/**
 * Something that is measured.
 *
 * @param vitals of its process, which may be unknown
 */
record Server(Target target, Vitals vitals) {}
