package org.pocx.aggregator.bench;

/** A server that is measured, and its process. */
record MeasuredServer(Target target, ResourceUsage usage) {}
