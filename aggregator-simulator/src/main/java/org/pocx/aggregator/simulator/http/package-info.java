/**
 * As much of HTTP/1.1 as a simulated node and a simulated miner need, on plain sockets: with thousands of machines in one
 * process each needs its own source address and no threads of its own, and a node in trouble must be able to answer what
 * no well-behaved HTTP library lets it. Start at {@link org.pocx.aggregator.simulator.http.HttpReader}.
 */
@NullMarked
package org.pocx.aggregator.simulator.http;

import org.jspecify.annotations.NullMarked;
