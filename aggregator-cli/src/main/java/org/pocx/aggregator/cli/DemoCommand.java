package org.pocx.aggregator.cli;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.ParameterException;
import com.beust.jcommander.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pocx.aggregator.cli.config.LogLevel;
import org.pocx.aggregator.cli.log.Logging;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.protocol.server.HttpEngineProperties;
import org.pocx.aggregator.simulator.SimulationSettings;

/** {@code demo}: the real aggregator, with store and dashboard, between a simulated chain and a simulated farm. */
@Parameters
final class DemoCommand extends OptionedCommand {
    /** Two of three blocks are won by another farm, as on a real chain where most are. */
    private static final double NETWORK_SHARE = 1.0 / 3;

    private static final int MACHINES_PER_ACCOUNT = 3;
    private static final int RESTART_EVERY = 5;
    private static final long SEED = 1;

    @Parameter(names = "--rounds") private int rounds;

    @Parameter(names = "--round-seconds") private int roundSeconds = 20;

    @Parameter(names = "--machines") private int machines = 8;

    @Parameter(names = "--speed") private double speed = 1;

    @Parameter(names = "--real-proofs") private boolean realProofs;

    @Override
    public boolean endsInOrder() {
        return true;
    }

    @Override
    public int run(Terminal terminal) {
        SimulationSettings simulation = simulation();
        Logging.configure(options().logLevel().orElse(LogLevel.ERROR), Optional.empty(), Logging.Console.ERR);
        HttpEngineProperties.apply();
        // A closed terminal window ends it as well: nothing must be left behind.
        terminal.stop().onHangUp(terminal.stop()::request);
        Path folder = temporaryFolder();
        try {
            new Demo(simulation, rounds, folder, terminal).play();
            if (StartRehearsal.isWanted()) {
                StartRehearsal.readConfiguration(folder);
            }
        } finally {
            delete(folder);
        }
        return 0;
    }

    private SimulationSettings simulation() {
        require(rounds >= 0, "--rounds must be 0 (no limit) or more");
        require(roundSeconds >= 1 && roundSeconds <= 3_600, "--round-seconds must be 1 to 3600");
        require(machines >= 1 && machines <= 10_000, "--machines must be 1 to 10000");
        require(
                !realProofs || machines <= SimulationSettings.MAX_REAL_MACHINES,
                "--machines must be 1 to " + SimulationSettings.MAX_REAL_MACHINES + " with --real-proofs");
        require(speed >= 0.01 && speed <= 1_000, "--speed must be 0.01 to 1000");
        int accounts = Math.ceilDiv(machines, MACHINES_PER_ACCOUNT);
        int badMachines = machines > 1 ? 1 : 0;
        return new SimulationSettings(
                machines,
                accounts,
                Duration.ofSeconds(roundSeconds),
                speed,
                SEED,
                SubmissionMode.POOL,
                badMachines,
                RESTART_EVERY,
                true,
                realProofs ? 1 : NETWORK_SHARE,
                realProofs);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new ParameterException(rule);
        }
    }

    /** The prefix of its folders. The process id in it shows whether a folder is in use. */
    static String folderPrefix() {
        return "pocx-aggregator-demo-" + ProcessHandle.current().pid() + "-";
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory(folderPrefix());
        } catch (IOException e) {
            throw new StartException("cannot create a temporary folder for the demo: " + e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new StartException("cannot delete the folder of the demo, " + folder + ": " + e);
        }
    }
}
