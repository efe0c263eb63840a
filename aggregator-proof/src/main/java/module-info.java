/** Computes the quality of PoCX nonces, without a node and without a plot file. */
module org.pocx.aggregator.proof {
    requires static org.jspecify;

    exports org.pocx.aggregator.proof;
}
