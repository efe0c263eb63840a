package org.pocx.aggregator.core.mining;

/** What a miner that asks for mining info is told: the info, or that there is none to be had. */
public sealed interface MiningInfoAnswer permits MiningInfo, MiningInfoUnavailable {}
