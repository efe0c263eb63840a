package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.account;
import static org.pocx.aggregator.core.testkit.Nonces.hash;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.outbox.StoreWriter;
import org.pocx.aggregator.core.retry.RetryPolicy;
import org.pocx.aggregator.core.round.RecentRounds;
import org.pocx.aggregator.core.round.RoundChange;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.testkit.CountedFates;
import org.pocx.aggregator.core.testkit.ManualScheduler;
import org.pocx.aggregator.core.testkit.SettableClock;
import org.pocx.aggregator.core.upstream.MiningInfoOutcome;
import org.pocx.aggregator.core.upstream.NamedUpstream;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.Upstream;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * Random histories with two upstreams that fail, refuse and forget independently, with switches at any moment, also while a
 * nonce is being sent, and with crashes. When the trouble is over, whichever upstream is active has the best of each key of its
 * round, the counts add up, and no upstream was sent what it had confirmed without a reason.
 */
class SwitchingModelTest {
    private static final int HISTORIES = Boolean.getBoolean("pocx.heavy") ? 5_000 : 150;
    private static final int STEPS = 120;
    private static final Duration QUIET = Duration.ofSeconds(150);

    @Test
    void randomHistories_poolMode_loseNothing() {
        playAll(
                SubmissionFilter.bestPerAccount(),
                new ForwardSettings(
                        4,
                        RetryPolicy.exponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(16), 0),
                        ForwardRig.BLOCK_TIME.multipliedBy(2)));
    }

    @Test
    void randomHistories_walletMode_loseNothing() {
        playAll(
                SubmissionFilter.globalBest(),
                new ForwardSettings(
                        4,
                        RetryPolicy.atNextPoll(),
                        Duration.ZERO,
                        new ResendSettings(true, false, ForwardRig.BLOCK_TIME)));
    }

    private static void playAll(SubmissionFilter filter, ForwardSettings settings) {
        for (int seed = 0; seed < HISTORIES; seed++) {
            new History(seed, filter, settings).play();
        }
    }

    /** A pool or node of the test. */
    private static final class Pool implements Upstream {
        private final String id;
        private final History history;
        private final Map<String, Long> ledger = new HashMap<>();
        private final Set<NonceSubmission> confirmed = new HashSet<>();
        private MiningInfo current;
        private boolean isUp = true;
        private boolean refuses;

        Pool(String id, MiningInfo current, History history) {
            this.id = id;
            this.current = current;
            this.history = history;
        }

        @Override
        public MiningInfoOutcome fetchMiningInfo() {
            throw new IllegalStateException("the test polls");
        }

        @Override
        public SubmitOutcome submit(NonceSubmission nonce) {
            history.sent(this, nonce);
            if (!isUp) {
                return UpstreamTrouble.connectionRefused("down");
            }
            if (!nonce.blockHash().equals(current.blockHash())) {
                return new SubmitOutcome.Stale(UpstreamMessage.of("stale"));
            }
            if (refuses && nonce.accountId().equals(account(1))) {
                return UpstreamTrouble.accountRefused(UpstreamMessage.of("not here"));
            }
            if (nonce.nonce() % 11 == 0) {
                return new SubmitOutcome.Rejected(UpstreamMessage.of("PoCX validation failed"), true);
            }
            if (nonce.nonce() % 7 == 0 && id.equals("a")) {
                return new SubmitOutcome.Rejected(UpstreamMessage.of("a does not like it"), false);
            }
            confirmed.add(nonce);
            ledger.merge(history.key(nonce), nonce.rawQuality(), Math::min);
            return new SubmitOutcome.Accepted(nonce.rawQuality());
        }

        boolean wouldTake(NonceSubmission nonce) {
            return nonce.nonce() % 11 != 0 && !(nonce.nonce() % 7 == 0 && id.equals("a"));
        }

        void forget() {
            ledger.clear();
            confirmed.clear();
        }
    }

    private static final class History {
        private final long seed;
        private final Random random;
        private final SubmissionFilter filter;
        private final ForwardSettings settings;
        private final List<String> log = new ArrayList<>();
        private final ModelDisk disk = new ModelDisk();
        private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
        private final List<MiningInfo> blocks = new ArrayList<>();
        private final Pool a;
        private final Pool b;
        private final Set<NonceSubmission> taken = new HashSet<>();
        private final Map<NonceSubmission, String> machines = new HashMap<>();
        private Pool active;
        private int nonces;
        private boolean switchWhileSending;

        private ManualScheduler scheduler = new ManualScheduler();
        private Deque<Runnable> tasks = new ArrayDeque<>();
        private CountedFates fates = new CountedFates();
        private RecentRounds rounds;
        private StoreWriter writer;
        private Forwarder forwarder;
        private final Map<String, Destination> destinations = new HashMap<>();

        History(long seed, SubmissionFilter filter, ForwardSettings settings) {
            this.seed = seed;
            this.random = new Random(seed);
            this.filter = filter;
            this.settings = settings;
            nextBlock();
            this.a = new Pool("a", blocks.getLast(), this);
            this.b = new Pool("b", blocks.getLast(), this);
            startProcess();
        }

        private void nextBlock() {
            int number = blocks.size() + 1;
            blocks.add(new MiningInfo(hash(0x9000 + number), 1_000_000, number, hash(number)));
        }

        String key(NonceSubmission nonce) {
            return nonce.blockHash() + "/" + filter.keyOf(nonce);
        }

        private void startProcess() {
            scheduler = new ManualScheduler();
            tasks = new ArrayDeque<>();
            fates = new CountedFates();
            rounds = new RecentRounds("a");
            writer = new StoreWriter(disk.openStore(), scheduler, event -> {});
            active = a;
            forwarder = new Forwarder(
                    settings,
                    filter,
                    null,
                    new NamedUpstream("a", a),
                    writer,
                    fates,
                    scheduler,
                    clock,
                    tasks::add,
                    new Random(1),
                    () -> {},
                    rounds::isOpenAtActive,
                    (upstream, account, outcome, isCut, begun) -> {});
            forwarder.several(true);
            destinations.clear();
            destinations.put("a", forwarder.active());
            destinations.put("b", forwarder.destination(new NamedUpstream("b", b)));
            StoredFarm farm = disk.content();
            for (StoredFarm.StoredRound round : farm.openRounds()) {
                for (String upstream : round.upstreams()) {
                    round.announcements()
                            .forEach(info -> forwarder.announced(rounds.announce(upstream, info, change -> {})));
                }
            }
            forwarder.restore(farm);
            taken.clear();
            farm.outbox().forEach(nonce -> taken.add(nonce.submission()));
            farm.verdicts().forEach(verdict -> taken.add(verdict.submission()));
            poll(a);
            poll(b);
        }

        private void poll(Pool pool) {
            Destination destination = destination(pool);
            if (!pool.isUp) {
                forwarder.upstreamFailed(destination, UpstreamTrouble.connectionRefused("down"));
                return;
            }
            RoundChange change = rounds.announce(pool.id, pool.current, told -> {});
            writer.write(new StoreChange.RoundAnnounced(pool.current, clock.instant(), pool.id, pool == active));
            forwarder.announced(change);
            change.closed().ifPresent(round -> writer.write(new StoreChange.RoundClosed(round.blockHash())));
            forwarder.upstreamAnswered(destination, scheduler.nanoTime());
            disk.commit();
            taken.removeIf(nonce -> rounds.find(nonce.blockHash()) == null);
        }

        private Destination destination(Pool pool) {
            return destinations.get(pool.id);
        }

        private void switchTo(Pool pool) {
            if (pool == active) {
                return;
            }
            log.add("switch to " + pool.id);
            active = pool;
            rounds.activate(pool.id, change -> {
                forwarder.activate(destination(pool));
                forwarder.announced(change);
            });
        }

        private Pool some() {
            return random.nextBoolean() ? a : b;
        }

        /** Called while a nonce is being sent. */
        void sent(Pool pool, NonceSubmission nonce) {
            log.add("sent to " + pool.id + ": " + nonce.nonce() + " of " + nonce.accountId().substring(38)
                    + " claiming "
                    + nonce.rawQuality());
            if (!settings.resend().enabled() && pool.confirmed.contains(nonce)) {
                fail("sent again to " + pool.id + ": " + nonce.nonce());
            }
            if (switchWhileSending) {
                switchWhileSending = false;
                switchTo(pool == a ? b : a);
            }
        }

        void play() {
            for (int i = 0; i < STEPS; i++) {
                step(random.nextInt(40));
                checkCounts();
            }
            a.isUp = true;
            b.isUp = true;
            a.refuses = false;
            b.refuses = false;
            comeToRest(active);
            Pool other = active == a ? b : a;
            switchTo(other);
            comeToRest(other);
        }

        private void step(int what) {
            if (what < 12) {
                offer();
            } else if (what < 22) {
                run(1 + random.nextInt(3));
            } else if (what < 26) {
                poll(some());
            } else if (what < 28) {
                pass(Duration.ofMillis(random.nextInt(5_000)));
            } else if (what < 30) {
                switchTo(some());
            } else if (what < 31) {
                switchWhileSending = true;
            } else if (what < 33) {
                Pool pool = some();
                pool.isUp = !pool.isUp;
                log.add(pool.id + (pool.isUp ? " is up" : " is down"));
                poll(pool);
            } else if (what < 34 && settings.resend().enabled()) {
                Pool pool = some();
                log.add(pool.id + " forgets");
                pool.forget();
                forwarder.upstreamFailed(destination(pool), UpstreamTrouble.connectionRefused("restarts"));
            } else if (what < 36) {
                Pool pool = some();
                pool.refuses = !pool.refuses;
            } else if (what < 38) {
                mine();
            } else if (what < 39) {
                log.add("crash");
                disk.commit();
                disk.crash(random.nextInt(4));
                startProcess();
            }
        }

        /** A block comes, and one of both sees it at once. */
        private void mine() {
            nextBlock();
            Pool first = some();
            for (Pool pool : List.of(a, b)) {
                if (pool == first || random.nextBoolean()) {
                    pool.current = blocks.getLast();
                    if (settings.resend().enabled()) {
                        pool.forget();
                    }
                    poll(pool);
                }
            }
            log.add("a at " + a.current.height() + ", b at " + b.current.height());
        }

        private void offer() {
            MiningInfo round = random.nextInt(4) > 0 ? active.current : blocks.getLast();
            if (rounds.find(round.blockHash()) == null) {
                return;
            }
            nonces++;
            NonceSubmission nonce = NonceSubmission.builder()
                    .round(round)
                    .accountId(account(random.nextInt(3)))
                    .seed(hash(77))
                    .nonce(nonces)
                    .compression(1)
                    .rawQuality(100 + random.nextInt(500))
                    .build();
            String machine = "m" + random.nextInt(3);
            if (forwarder.offer(nonce, new MinerId(machine)) != null) {
                taken.add(nonce);
                machines.put(nonce, machine);
                log.add("offered: " + nonce.nonce() + " of " + nonce.accountId().substring(38) + " claiming "
                        + nonce.rawQuality() + " at " + round.height());
            }
            disk.commit();
        }

        private void run(int attempts) {
            for (int i = 0; i < attempts && !tasks.isEmpty(); i++) {
                tasks.remove().run();
            }
            disk.commit();
        }

        private void pass(Duration time) {
            for (Duration left = time; left.isPositive(); left = left.minus(Duration.ofMillis(50))) {
                scheduler.advance(Duration.ofMillis(50));
                clock.advance(Duration.ofMillis(50));
                disk.commit();
            }
        }

        private void comeToRest(Pool pool) {
            log.add("the trouble is over, " + pool.id + " is active");
            switchWhileSending = false;
            for (Duration left = QUIET; left.isPositive(); left = left.minus(Duration.ofSeconds(1))) {
                poll(a);
                poll(b);
                run(100);
                pass(Duration.ofSeconds(1));
            }
            run(1_000);
            checkCounts();
            for (NonceSubmission nonce : taken) {
                if (nonce.blockHash().equals(pool.current.blockHash()) && pool.wouldTake(nonce) && isKept(nonce)) {
                    Long best = pool.ledger.get(key(nonce));
                    if (best == null || best > nonce.rawQuality()) {
                        fail("lost at " + pool.id + ": " + nonce.nonce() + " of " + nonce.accountId().substring(38)
                                + " claiming " + nonce.rawQuality() + ", its best is " + best);
                    }
                }
            }
        }

        /** Behind a confirmed one, only the best of each machine is kept: another upstream may not take that. */
        private boolean isKept(NonceSubmission nonce) {
            return taken.stream()
                    .noneMatch(other -> key(other).equals(key(nonce))
                            && other.rawQuality() <= nonce.rawQuality()
                            && !other.equals(nonce)
                            && machines.get(other).equals(machines.get(nonce)));
        }

        private void checkCounts() {
            long standing = 0;
            for (Fate fate : Fate.values()) {
                standing += fates.count(fate);
            }
            if (standing != fates.received()) {
                fail("the counts do not add up");
            }
        }

        private void fail(String what) {
            assertThat(what).as("seed %s%n%s", seed, String.join("\n", log)).isNull();
        }
    }
}
