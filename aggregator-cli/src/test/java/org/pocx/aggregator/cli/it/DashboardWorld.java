package org.pocx.aggregator.cli.it;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.simulator.chain.ChainSettings;
import org.pocx.aggregator.simulator.chain.SimulatedChain;
import org.pocx.aggregator.simulator.farm.FarmSettings;
import org.pocx.aggregator.simulator.farm.MachineSettings;
import org.pocx.aggregator.simulator.farm.SimulatedFarm;
import org.pocx.aggregator.simulator.node.ChainServer;
import org.pocx.aggregator.simulator.node.Dialect;
import org.pocx.aggregator.simulator.time.Speed;

/** The packaged program with its dashboard, between a chain that forges when a test says so and a farm. */
final class DashboardWorld implements AutoCloseable {
    static final Duration BLOCK_TIME = Duration.ofMinutes(2);

    private final Path folder;
    private final String more;
    private final int port = ChildProgram.freePort();
    private final int dashboardPort = ChildProgram.freePort();
    private final SimulatedChain chain;
    private final ChainServer node;
    private ChildProgram program;
    private final SimulatedFarm farm;

    /** @param folder where the database farm.db is, or will be */
    DashboardWorld(Path folder, long height, long baseTarget, List<MachineSettings> machines) throws IOException {
        this(folder, height, baseTarget, machines, "");
    }

    /**
     * @param folder where the database farm.db is, or will be
     * @param more lines of the configuration
     */
    DashboardWorld(Path folder, long height, long baseTarget, List<MachineSettings> machines, String more)
            throws IOException {
        this.folder = folder;
        this.more = more;
        chain = new SimulatedChain(ChainSettings.genesis(BLOCK_TIME).at(height, "page").withBaseTarget(baseTarget));
        node = ChainServer.builder(chain).dialect(Dialect.POOL).start();
        program = serve();
        FarmSettings settings =
                FarmSettings.stockMiner(SubmissionMode.POOL, BLOCK_TIME).withSpeed(new Speed(60));
        farm = SimulatedFarm.start(settings, program.uri(), machines);
    }

    private ChildProgram serve() throws IOException {
        return ChildProgram.serving(
                folder,
                port,
                """
                listen_address: "127.0.0.1:%d"
                block_time_secs: %d
                upstream:
                  url: "%s"
                  submission_mode: pool
                cache:
                  poll_interval_ms: 50
                database:
                  path: "farm.db"
                dashboard:
                  enabled: true
                  listen_address: "127.0.0.1:%d"
                logging:
                  level: info
                  file: ""
                """
                        .formatted(port, BLOCK_TIME.toSeconds(), node.uri(), dashboardPort)
                        + more);
    }

    URI page() {
        return URI.create("http://127.0.0.1:" + dashboardPort + "/");
    }

    SimulatedChain chain() {
        return chain;
    }

    ChainServer node() {
        return node;
    }

    SimulatedFarm farm() {
        return farm;
    }

    /** As {@code kill -9}. */
    void killProgram() throws InterruptedException {
        program.kill();
    }

    /** The same program again, on the same ports. */
    void startProgram() throws IOException {
        program = serve();
    }

    @Override
    public void close() {
        farm.close();
        program.close();
        node.close();
    }
}
