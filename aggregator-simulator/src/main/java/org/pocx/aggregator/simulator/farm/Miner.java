package org.pocx.aggregator.simulator.farm;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.simulator.time.Sleeper;

/**
 * A machine that runs the stock miner: it polls, starts a scan when the generation signature changes, sends each nonce
 * when the scan finds it, and sends a nonce again only when it received no answer.
 *
 * <p>Each poll loop, scan and submission has its own virtual thread. The round and the number of running scans and
 * submissions are guarded by this object's monitor.
 */
final class Miner implements AutoCloseable {
    /** The delays of the stock miner before it sends a nonce again, in simulated time. */
    private static final List<Duration> RETRY_DELAYS =
            List.of(Duration.ofSeconds(3), Duration.ofSeconds(6), Duration.ofSeconds(12));

    private final MachineSettings machine;
    private final FarmSettings settings;
    private final Scan scan;
    private final MinerClient client;
    private final FarmLog log;
    private final Sleeper sleeper;
    private final Runnable onIdle;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    private @Nullable MiningInfo round;
    private @Nullable Thread scanner;
    private int busy;
    private boolean closed;

    /** @param onIdle called whenever the last scan or submission has ended; must return quickly */
    Miner(
            MachineSettings machine,
            FarmSettings settings,
            PlotScan plotScan,
            URI target,
            FarmLog log,
            Sleeper sleeper,
            Runnable onIdle) {
        this.machine = machine;
        this.settings = settings;
        this.scan = new Scan(settings.mode(), plotScan);
        this.client = new MinerClient(machine.address(), target, settings);
        this.log = log;
        this.sleeper = sleeper;
        this.onIdle = onIdle;
    }

    /** @param delay before the first poll, in simulated time; spreads the polls of a farm over the interval */
    synchronized void start(Duration delay) {
        spawn("poll", () -> poll(delay));
    }

    /** Whether it has ended all scans and submissions of this round, or is closed. */
    synchronized boolean isIdle(String blockHash) {
        return closed || (busy == 0 && round != null && round.blockHash().equals(blockHash));
    }

    private void poll(Duration delay) throws InterruptedException {
        pause(delay);
        while (true) {
            client.miningInfo().ifPresentOrElse(this::update, log::pollFailed);
            pause(settings.pollInterval());
        }
    }

    private synchronized void update(MiningInfo info) {
        MiningInfo previous = round == null ? info : round;
        boolean sameRound = round != null && previous.generationSignature().equals(info.generationSignature());
        if (closed || sameRound) {
            return;
        }
        if (scanner != null) {
            scanner.interrupt();
        }
        round = info;
        scanner = work("scan", () -> scan(info, previous));
    }

    private void scan(MiningInfo info, MiningInfo previous) throws InterruptedException {
        double progress = 0;
        for (FoundNonce nonce : scan.run(machine.plots(), info)) {
            pause(scanTime(nonce.progress() - progress));
            progress = nonce.progress();
            NonceSubmission submission = machine.behaviour().submission(nonce, info, previous);
            if (machine.behaviour() == Behaviour.HONEST) {
                log.found(submission);
            }
            send(submission);
        }
        pause(scanTime(1 - progress));
    }

    private synchronized void send(NonceSubmission submission) {
        if (!closed) {
            work("submit", () -> submit(submission));
        }
    }

    private void submit(NonceSubmission submission) throws InterruptedException {
        int attempts = 1;
        SendResult result = client.submit(submission);
        while (result instanceof SendResult.Lost && attempts <= RETRY_DELAYS.size()) {
            pause(RETRY_DELAYS.get(attempts - 1));
            attempts++;
            result = client.submit(submission);
        }
        log.sent(new SentNonce(machine.address(), submission, attempts, result));
    }

    private Duration scanTime(double fraction) {
        return Duration.ofNanos((long) (settings.scanTime().toNanos() * fraction));
    }

    private void pause(Duration simulated) throws InterruptedException {
        sleeper.sleep(settings.speed().toReal(simulated));
    }

    /** Runs a scan or a submission in its own thread. The machine is busy until it ends. */
    private synchronized Thread work(String name, Activity activity) {
        busy++;
        return spawn(name, () -> {
            try {
                activity.run();
            } finally {
                done();
            }
        });
    }

    private void done() {
        boolean isIdle;
        synchronized (this) {
            busy--;
            isIdle = busy == 0;
        }
        if (isIdle) {
            onIdle.run();
        }
    }

    private Thread spawn(String name, Activity activity) {
        Thread thread = Thread.ofVirtual()
                .name(machine.address().getHostAddress() + " " + name)
                .unstarted(() -> {
                    try {
                        activity.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt(); // closed, or the next round has begun
                    } finally {
                        threads.remove(Thread.currentThread());
                    }
                });
        threads.add(thread);
        thread.start();
        return thread;
    }

    /** Ends all activities. The connections are closed soon afterwards. Idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        client.close();
        threads.forEach(Thread::interrupt);
        onIdle.run();
    }

    private interface Activity {
        void run() throws InterruptedException;
    }
}
