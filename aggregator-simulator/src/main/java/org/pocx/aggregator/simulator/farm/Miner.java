package org.pocx.aggregator.simulator.farm;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.simulator.time.Sleeper;

/**
 * One machine, as the stock miner runs it: it polls, begins a scan when the generation signature changes, sends each find
 * when the scan comes upon it, and sends again only what the transport lost.
 *
 * <p>Each activity (polling, the scan, a nonce on its way) is a virtual thread of its own. The round and the count of
 * activities are guarded by this object's monitor.
 */
final class Miner implements AutoCloseable {
    private final MachineSettings machine;
    private final FarmSettings settings;
    private final Scan scan;
    private final PocTime pocTime;
    private final MinerWire wire;
    private final FarmLedger ledger;
    private final Sleeper sleeper;
    private final InstantSource clock;
    private final Runnable idle;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    private @Nullable MiningInfo round;
    private @Nullable Thread scanner;
    private int busy;
    private boolean closed;

    /** @param idle called whenever the machine has nothing more to scan or to send; must be quick */
    Miner(
            MachineSettings machine,
            FarmSettings settings,
            URI target,
            FarmLedger ledger,
            Sleeper sleeper,
            InstantSource clock,
            Runnable idle) {
        this.machine = machine;
        this.settings = settings;
        this.scan = new Scan(settings.mode(), settings.seed());
        this.pocTime = PocTime.forBlockTime(settings.blockTimeSeconds());
        this.wire = new MinerWire(machine.address(), target, settings);
        this.ledger = ledger;
        this.sleeper = sleeper;
        this.clock = clock;
        this.idle = idle;
    }

    /** @param delay before the first poll, in simulated time, so that the machines of a farm do not poll in step */
    synchronized void start(Duration delay) {
        spawn("poll", () -> poll(delay));
    }

    /** Whether it knows the round of this block hash and has nothing more to scan or to send; or has left. */
    synchronized boolean isQuiescent(String blockHash) {
        boolean there = round != null && round.blockHash().equals(blockHash);
        return closed || (there && busy == 0);
    }

    private void poll(Duration delay) throws InterruptedException {
        pause(delay);
        while (true) {
            wire.miningInfo().ifPresentOrElse(this::learn, ledger::pollFailed);
            pause(settings.pollInterval());
        }
    }

    private synchronized void learn(MiningInfo info) {
        MiningInfo before = round;
        if (closed || (before != null && before.generationSignature().equals(info.generationSignature()))) {
            return;
        }
        if (scanner != null) {
            scanner.interrupt();
        }
        round = info;
        scanner = work("scan", () -> scan(info, before == null ? info : before));
    }

    private void scan(MiningInfo info, MiningInfo before) throws InterruptedException {
        List<Find> finds = scan.finds(machine.plots(), info);
        double done = 0;
        for (Find find : finds) {
            pause(part(find.moment() - done));
            done = find.moment();
            if (machine.behaviour() == Behaviour.HONEST) {
                ledger.found(find.submission());
            }
            NonceSubmission sent = machine.behaviour().distort(find.submission(), before);
            send(sent);
        }
        pause(part(1 - done));
    }

    private synchronized void send(NonceSubmission submission) {
        if (!closed) {
            work("submit", () -> submit(submission));
        }
    }

    private void submit(NonceSubmission submission) throws InterruptedException {
        for (int attempt = 1;; attempt++) {
            switch (wire.submit(submission)) {
                case SubmitAnswer.Taken taken -> {
                    settle(submission, attempt, receipt(submission, taken.receipt()));
                    return;
                }
                case SubmitAnswer.Refused refused -> {
                    settle(submission, attempt, new SubmissionFate.Dropped(refused.why()));
                    return;
                }
                case SubmitAnswer.NoAnswer failure -> {
                    if (attempt > settings.resendAfter().size()) {
                        settle(submission, attempt, new SubmissionFate.Lost(failure.why()));
                        return;
                    }
                    pause(settings.resendAfter().get(attempt - 1));
                }
            }
        }
    }

    private SubmissionFate receipt(NonceSubmission sent, SubmissionReceipt receipt) {
        boolean asExpected = receipt.rawQuality() == sent.rawQuality()
                && receipt.pocTime() == pocTime.seconds(sent.rawQuality(), sent.baseTarget());
        return new SubmissionFate.Receipt(receipt.rawQuality(), receipt.pocTime(), asExpected);
    }

    private void settle(NonceSubmission submission, int attempts, SubmissionFate fate) {
        ledger.settled(new FarmEntry(clock.instant(), machine.address(), submission, attempts, fate));
    }

    private Duration part(double ofScan) {
        return Duration.ofNanos((long) (settings.scanTime().toNanos() * ofScan));
    }

    private void pause(Duration simulated) throws InterruptedException {
        sleeper.sleep(settings.speed().byTheClock(simulated));
    }

    /** Does it in a thread of its own, and counts as busy until it is done. */
    private synchronized Thread work(String what, Activity activity) {
        busy++;
        return spawn(what, () -> {
            try {
                activity.run();
            } finally {
                done();
            }
        });
    }

    private void done() {
        boolean nothingLeft;
        synchronized (this) {
            nothingLeft = --busy == 0;
        }
        if (nothingLeft) {
            idle.run();
        }
    }

    private Thread spawn(String what, Activity activity) {
        Thread thread = Thread.ofVirtual()
                .name(machine.address().getHostAddress() + " " + what)
                .unstarted(() -> runUntilInterrupted(activity));
        threads.add(thread);
        thread.start();
        return thread;
    }

    private void runUntilInterrupted(Activity activity) {
        try {
            activity.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the machine leaves, or begins another round
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    /** The machine leaves: it drops what it is about, and has closed its connections soon after. Idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        wire.close();
        threads.forEach(Thread::interrupt);
        idle.run();
    }

    private interface Activity {
        void run() throws InterruptedException;
    }
}
