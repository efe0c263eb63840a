package org.pocx.aggregator.statistics;

import org.pocx.aggregator.statistics.history.LuckSubject;

/**
 * The luck of the farm, an account or a machine.
 *
 * @param subject whose luck
 * @param day of the last 24 hours (plus the part of a period before, see {@link LuckSubject.Kind#period})
 * @param week of the last 7 days, likewise
 * @param all since the beginning
 */
public record LuckReport(LuckSubject subject, Luck day, Luck week, Luck all) {}
