package org.pocx.aggregator.http.conformance;

/** The whole suite. */
interface HttpConformance extends RequestLineRequirements, HostRequirements, FieldRequirements, BodyLengthRequirements, ChunkedRequirements, ResponseRequirements, ConnectionRequirements, TlsRequirements {}
