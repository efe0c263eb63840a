package org.pocx.aggregator.statistics.blocks;

import org.pocx.aggregator.statistics.history.LuckSubject;

/**
 * The wins of one subject.
 *
 * @param subject whose wins
 * @param day of the last 24 hours and the part of a period before
 * @param week of the last 7 days and the part of a period before
 * @param all since the beginning
 */
public record SubjectWins(LuckSubject subject, Wins day, Wins week, Wins all) {}
