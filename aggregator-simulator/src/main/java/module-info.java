/** A chain and a farm in one process, for the demo and the tests. */
module org.pocx.aggregator.simulator {
    requires static org.jspecify;
    requires transitive org.pocx.aggregator.core;
    requires org.pocx.aggregator.protocol;
    requires org.pocx.aggregator.proof;
    requires com.fasterxml.jackson.core;

    exports org.pocx.aggregator.simulator;
    exports org.pocx.aggregator.simulator.chain;
    exports org.pocx.aggregator.simulator.farm;
    exports org.pocx.aggregator.simulator.node;
    exports org.pocx.aggregator.simulator.time;
}
