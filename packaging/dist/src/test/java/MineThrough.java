import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.simulator.chain.ChainSettings;
import org.pocx.aggregator.simulator.chain.SimulatedChain;
import org.pocx.aggregator.simulator.chain.ValidatedNonce;
import org.pocx.aggregator.simulator.farm.FarmPlan;
import org.pocx.aggregator.simulator.farm.FarmSettings;
import org.pocx.aggregator.simulator.farm.SimulatedFarm;
import org.pocx.aggregator.simulator.node.ChainServer;
import org.pocx.aggregator.simulator.node.Dialect;
import org.pocx.aggregator.simulator.time.Speed;

/**
 * A farm of 50 machines with 10 accounts, and its chain, for an aggregator that runs already. Started from its source, with
 * the program's jar as the class path: {@code java -cp pocx-aggregator.jar MineThrough.java PORT HEIGHT ROUNDS URL}, the port
 * and the first height of the chain, how many rounds, and where miners find the aggregator. Ends with status 0 when the
 * chain has the best nonce of each account in each round.
 */
final class MineThrough {
    private static final Duration BLOCK_TIME = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private MineThrough() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        long height = Long.parseLong(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        URI miners = URI.create(arguments[3]);
        SimulatedChain chain =
                new SimulatedChain(
                        ChainSettings.genesis(BLOCK_TIME).at(height, "package " + height).withBaseTarget(1L << 26));
        FarmSettings settings =
                FarmSettings.stockMiner(SubmissionMode.POOL, BLOCK_TIME).withSpeed(new Speed(120));
        int bests = 0;
        try (ChainServer node =
                ChainServer.builder(chain).dialect(Dialect.POOL).port(port).start();
                SimulatedFarm farm = SimulatedFarm.start(settings, miners, FarmPlan.of(50, 10, 10, 7))) {
            for (int round = 0; round < rounds; round++) {
                bests += mine(chain, farm);
            }
        }
        System.out.println(rounds + " rounds from height " + height + ": the chain has all " + bests + " bests");
        System.exit(0);
    }

    private static int mine(SimulatedChain chain, SimulatedFarm farm) throws InterruptedException {
        String round = chain.tip().blockHash();
        if (!farm.awaitIdle(round, PATIENCE)) {
            throw new IllegalStateException("the farm did not finish a round: no word from the aggregator?");
        }
        Map<String, Long> found = new HashMap<>();
        farm.log()
                .bestFoundPerAccount(round)
                .values()
                .forEach(best -> found.put(best.accountId(), best.rawQuality()));
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (!found.equals(accepted(chain, round))) {
            if (System.nanoTime() > patience) {
                throw new IllegalStateException(
                        "the farm found " + found + " and the chain has " + accepted(chain, round));
            }
            Thread.sleep(50);
        }
        if (found.isEmpty() || !farm.log().lost().isEmpty()) {
            throw new IllegalStateException("found " + found.size() + ", lost " + farm.log().lost());
        }
        chain.forge();
        return found.size();
    }

    private static Map<String, Long> accepted(SimulatedChain chain, String round) {
        Map<String, Long> bests = new HashMap<>();
        for (ValidatedNonce nonce : chain.log().accepted(round)) {
            NonceSubmission submission = nonce.submission();
            bests.merge(
                    submission.accountId(),
                    submission.rawQuality(),
                    (a, b) -> Long.compareUnsigned(a, b) <= 0 ? a : b);
        }
        return bests;
    }
}
