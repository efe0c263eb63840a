package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.cli.it.MoodyUpstream.Mood;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.testkit.Await;

/**
 * The program is killed at random moments under load and started again on its files: every nonce that a miner has a
 * receipt for, and that is the best for its key and a round that is still open, reaches the upstream.
 */
class KillIT {
    private static final boolean HEAVY = Boolean.getBoolean("pocx.heavy");

    /** Whole sets of scenes are played until there were so many. In the gate each mode has half of the scenes. */
    private static final int KILLS = HEAVY ? 250 : 1;
    private static final int MACHINES = 12;

    /** Receipts before each kill. */
    private static final int WARM_UP = HEAVY ? 500 : 100;

    /** What goes on around a kill. */
    private enum Scene {
        UPSTREAM_THERE,
        UPSTREAM_FITFUL,
        UPSTREAM_AWAY_BACK_AFTER_RESTART,
        UPSTREAM_AWAY_BACK_BEFORE_RESTART,
        UPSTREAM_HANGING,
        UPSTREAM_SILENT_ON_NONCES,
        NEW_ROUND_BEFORE,
        NEW_ROUND_MEANWHILE,
        RIGHT_AFTER_START,
        TWICE_IN_A_ROW
    }

    /** In the gate; the others are played in wallet mode. */
    private static final EnumSet<Scene> GATE_OF_POOL = EnumSet.of(
            Scene.UPSTREAM_FITFUL,
            Scene.UPSTREAM_AWAY_BACK_BEFORE_RESTART,
            Scene.UPSTREAM_SILENT_ON_NONCES,
            Scene.NEW_ROUND_MEANWHILE,
            Scene.TWICE_IN_A_ROW);

    @TempDir private Path folder;

    private NonceLedger ledger;
    private MoodyUpstream upstream;
    private EagerMiners miners;
    private ChildProgram program;
    private Random random;
    private SubmissionMode mode;
    private int port;
    private int kills;

    @Test
    void killsInPoolMode_loseNoReceipt() throws Exception {
        killAndCompare(SubmissionMode.POOL, NonceSubmission::accountId, 20_260_101);
    }

    @Test
    void killsInWalletMode_loseNoReceipt() throws Exception {
        killAndCompare(SubmissionMode.WALLET, nonce -> "all", 20_260_102);
    }

    private void killAndCompare(SubmissionMode submissionMode, Function<NonceSubmission, String> key, long seed)
            throws Exception {
        mode = submissionMode;
        random = new Random(seed);
        ledger = new NonceLedger(key, mode == SubmissionMode.POOL ? 3 : 1); // as a pool and a node have it
        port = ChildProgram.freePort();
        try (MoodyUpstream moody = new MoodyUpstream(ledger);
                EagerMiners eager = new EagerMiners(ledger, moody::info, port, MACHINES, seed)) {
            upstream = moody;
            miners = eager;
            program = start();
            while (kills < KILLS) {
                scenes().forEach(this::play);
            }
        } finally {
            program.close();
            System.out.printf(
                    "KillIT %s, seed %d: kills %d, %s, lost %d%n",
                    mode, seed, kills, ledger, ledger.missing().size());
        }
        assertThat(ledger.refusals()).as("answered with an error").isEmpty();
    }

    private List<Scene> scenes() {
        Set<Scene> ofThisMode =
                mode == SubmissionMode.POOL ? GATE_OF_POOL : EnumSet.complementOf(GATE_OF_POOL);
        List<Scene> scenes = new ArrayList<>(HEAVY ? EnumSet.allOf(Scene.class) : ofThisMode);
        Collections.shuffle(scenes, random);
        return scenes;
    }

    private void play(Scene scene) {
        try {
            resumeLoad();
            switch (scene) {
                case UPSTREAM_THERE -> killAndRestart();
                case UPSTREAM_FITFUL -> during(Mood.FITFUL, this::killAndRestart);
                case UPSTREAM_AWAY_BACK_AFTER_RESTART -> during(Mood.AWAY, this::killAndRestart);
                case UPSTREAM_AWAY_BACK_BEFORE_RESTART -> {
                    during(Mood.AWAY, this::kill);
                    program = start();
                }
                case UPSTREAM_HANGING -> during(Mood.HANGING, this::killAndRestart);
                case UPSTREAM_SILENT_ON_NONCES -> during(Mood.SILENT_ON_NONCES, this::killAndRestart);
                case NEW_ROUND_BEFORE -> {
                    upstream.nextRound();
                    killAndRestart();
                }
                case NEW_ROUND_MEANWHILE -> {
                    kill();
                    upstream.nextRound();
                    program = start();
                }
                case RIGHT_AFTER_START -> {
                    kill();
                    miners.resume();
                    program = ChildProgram.start(folder, port, "-c", "aggregator_config.yaml");
                    pass(1_000);
                    kill();
                    program = start();
                }
                case TWICE_IN_A_ROW -> {
                    killAndRestart();
                    miners.resume();
                    killAndRestart();
                }
            }
        } catch (Exception e) {
            throw new AssertionError("in the scene " + scene, e);
        }
        assertNothingMissing(scene);
    }

    private void resumeLoad() {
        long before = ledger.receipts();
        miners.resume();
        Await.until("miners get receipts", () -> ledger.receipts() > before + WARM_UP);
    }

    /** Something that may fail. */
    private interface Act {
        void run() throws Exception;
    }

    private void during(Mood mood, Act act) throws Exception {
        upstream.mood(mood);
        act.run();
        pass(200);
        upstream.mood(Mood.GOOD);
    }

    private void killAndRestart() throws Exception {
        kill();
        program = start();
    }

    /** Ends with miners that are quiet: what better nonces would come after the kill could hide one that is lost. */
    private void kill() throws InterruptedException {
        pass(400);
        program.kill();
        kills++;
        miners.pause();
    }

    /** Lets some time go by, so that the kill meets the load at a moment that nobody chose. */
    private void pass(int atMostMillis) {
        LockSupport.parkNanos(random.nextLong(1 + atMostMillis * 1_000_000L));
    }

    private void assertNothingMissing(Scene scene) {
        List<NonceSubmission> atRestart = ledger.missing();
        Await.until(
                "the upstream gets all of " + atRestart + " (kill " + kills + ", " + scene + ")",
                () -> ledger.missing().isEmpty());
    }

    private ChildProgram start() throws IOException {
        return ChildProgram.serving(
                folder,
                port,
                """
                        listen_address: "127.0.0.1:%d"
                        upstream:
                          url: "%s"
                          submission_mode: %s
                          retry:
                            base_delay_ms: 100
                            max_delay_ms: 400
                        cache:
                          poll_interval_ms: 50
                          pool_timeout_secs: 2
                        database:
                          path: "kill.db"
                        logging:
                          level: warn
                          file: ""
                        """
                        .formatted(port, upstream.uri(), mode == SubmissionMode.POOL ? "pool" : "wallet"));
    }
}
