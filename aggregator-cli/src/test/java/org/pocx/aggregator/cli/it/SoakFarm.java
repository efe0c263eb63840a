package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.simulator.chain.ChainListener;
import org.pocx.aggregator.simulator.chain.SimulatedChain;
import org.pocx.aggregator.simulator.chain.ValidatedNonce;
import org.pocx.aggregator.simulator.farm.Behaviour;
import org.pocx.aggregator.simulator.farm.FarmPlan;
import org.pocx.aggregator.simulator.farm.FarmSettings;
import org.pocx.aggregator.simulator.farm.MachineSettings;
import org.pocx.aggregator.simulator.farm.Plot;
import org.pocx.aggregator.simulator.farm.SendResult;
import org.pocx.aggregator.simulator.farm.SentNonce;
import org.pocx.aggregator.simulator.farm.SimulatedFarm;

/**
 * A farm with residents and guests. Guests come in the first half of each round, and as many of them leave in the middle
 * of what they do; a round ends when all who are there have scanned it, and then every account's best nonce that a
 * machine has a receipt for must be confirmed.
 *
 * <p>Rounds are played by one thread.
 */
final class SoakFarm implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final double MEAN_TIB = 10;
    private static final int SLICES = 16;
    private static final int RESIDENT_AS_WELL = 4;

    private final SoakPlan plan;
    private final SimulatedChain chain;
    private final URI target;
    private final SimulatedFarm farm;
    private final List<MachineSettings> residents;
    private final Deque<InetAddress> guests = new ArrayDeque<>();
    private final Map<String, Long> confirmed = new ConcurrentHashMap<>();
    private int arrived;
    private int rounds;
    private long bests;

    SoakFarm(SoakPlan plan, SimulatedChain chain, URI target, Duration blockTime) {
        this.plan = plan;
        this.chain = chain;
        this.target = target;
        this.residents = FarmPlan.of(plan.residents(), plan.accounts(), MEAN_TIB, 7);
        chain.addListener(new ChainListener() {
            @Override
            public void validated(ValidatedNonce nonce) {
                nonce.accepted().ifPresent(accepted -> confirmed.merge(
                        key(nonce.submission().blockHash(), nonce.submission().accountId()),
                        accepted.rawQuality(),
                        Math::min)); // the chain of this test is too easy for qualities beyond 2^63
            }
        });
        FarmSettings settings = FarmSettings.stockMiner(SubmissionMode.POOL, blockTime)
                .withScanTime(plan.scan())
                .withPollInterval(plan.poll());
        farm = SimulatedFarm.start(settings, target, residents);
    }

    /** As many guests as the plan says pass by before the first round. */
    void letCrowdPass() throws InterruptedException {
        List<MachineSettings> crowd = new ArrayList<>();
        for (int i = 0; i < plan.crowd(); i++) {
            crowd.add(newGuest());
        }
        new SoakCrowd(target, chain.miningInfo()).pass(crowd);
    }

    private static String key(String blockHash, String accountId) {
        return blockHash + accountId;
    }

    /** Guests come and go, everybody scans, all bests are confirmed, a block is forged. */
    void playRound() throws InterruptedException {
        long begun = System.nanoTime();
        String round = chain.tip().blockHash();
        for (int slice = 0; slice < SLICES; slice++) {
            change(plan.arrivals() * (slice + 1) / SLICES - plan.arrivals() * slice / SLICES);
            parkUntil(begun + plan.round().dividedBy(2).toNanos() * (slice + 1) / SLICES);
        }
        assertThat(farm.awaitIdle(round, PATIENCE)).as("all machines end their round").isTrue();
        parkUntil(begun + plan.round().toNanos());
        verify(round);
        chain.forge();
        rounds++;
    }

    private static void parkUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void change(int count) {
        List<MachineSettings> coming = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            coming.add(newGuest());
        }
        farm.add(coming);
        coming.forEach(guest -> guests.addLast(guest.address()));
        while (guests.size() > plan.guests()) {
            farm.remove(guests.removeFirst());
        }
    }

    private MachineSettings newGuest() {
        int number = arrived++;
        List<Plot> plots = new ArrayList<>();
        plots.add(new Plot("%040x".formatted(0xACC0_0000_0000L + number), "%064x".formatted(number), 1, MEAN_TIB));
        if (number % RESIDENT_AS_WELL == 0) {
            String account = residents.get(number % residents.size()).plots().getFirst().accountId();
            plots.add(new Plot(account, "%064x".formatted(~number & 0xFFFF_FFFFL), 1, MEAN_TIB));
        }
        return new MachineSettings(address(number), plots, Behaviour.HONEST);
    }

    /** 127.100.0.1 and those that follow: no resident's, no server's. */
    private static InetAddress address(int number) {
        byte[] bytes = {127, (byte) (100 + number / 62_500), (byte) (number / 250 % 250), (byte) (1 + number % 250)};
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }

    private void verify(String round) {
        Map<String, Long> receipts = new HashMap<>();
        for (SentNonce nonce : farm.log().sent()) {
            assertThat(nonce.result())
                    .as("what %s was told, after %d attempts", nonce.machine(), nonce.attempts())
                    .isInstanceOf(SendResult.Receipt.class);
            if (nonce.submission().blockHash().equals(round)) {
                receipts.merge(
                        key(round, nonce.submission().accountId()), nonce.submission().rawQuality(), Math::min);
            }
        }
        assertThat(receipts).as("accounts with a receipt").hasSizeGreaterThanOrEqualTo(plan.accounts());
        Await.until("the best of each account is confirmed", () -> receipts.entrySet().stream()
                .allMatch(best -> confirmed.getOrDefault(best.getKey(), Long.MAX_VALUE) <= best.getValue()));
        bests += receipts.size();
        confirmed.clear();
    }

    /** How many guests have come, the crowd included. */
    int arrived() {
        return arrived;
    }

    @Override
    public String toString() {
        return "%d rounds, %d bests of accounts, all confirmed; %d machines stayed, %d came and went; %d nonces upstream"
                .formatted(rounds, bests, plan.residents(), arrived, chain.log().count());
    }

    @Override
    public void close() {
        farm.close();
    }
}
