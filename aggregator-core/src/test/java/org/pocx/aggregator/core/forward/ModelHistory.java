package org.pocx.aggregator.core.forward;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.forward.ModelChain.Truth;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.testkit.CountedFates;
import org.pocx.aggregator.core.testkit.SettableClock;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.core.upstream.UpstreamTrouble.Kind;

/**
 * Plays a history, and says after each step what rule it broke, if any. At the end the trouble is over: then nothing better
 * than what is confirmed may be missing, of all that was handed over to a process which lived on, or was on its disk.
 */
final class ModelHistory {
    private static final int MAX_UNKNOWN_ERRORS = 5;
    private static final int CROWD = 40;
    private static final long LEAST_HONEST = 100;
    private static final List<Truth> ANY_TRUTH = List.of(Truth.AS_CLAIMED, Truth.WORSE, Truth.BAD);
    private static final Duration QUIET = Duration.ofSeconds(150); // longer than any pause and the probes of refused accounts

    private final SubmissionFilter filter;
    private final ForwardSettings settings;
    private final boolean verifies;
    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final ModelDisk disk = new ModelDisk();
    private final ModelChain chain;
    private final List<String> log = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    private final List<NonceSubmission> offered = new ArrayList<>();
    private final Map<NonceSubmission, String> machines = new HashMap<>();
    private final Map<NonceSubmission, Integer> unknownErrors = new HashMap<>();

    /** What may have made the upstream forget, so far; and how many there were when each nonce was sent last. */
    private int causes;

    private final Map<NonceSubmission, Integer> causesAtLastSend = new HashMap<>();
    private final Set<String> everRefused = new HashSet<>();
    private final Set<NonceSubmission> everConfirmed = new HashSet<>();

    /** By round and key: the best that the upstream said it has one at least as good of. */
    private final Map<String, Long> filtered = new HashMap<>();

    /** The same, as far as the process that is running was told. */
    private final Map<String, Long> knownFiltered = new HashMap<>();

    /** When nonces were sent that the upstream held then, by the clock of the process that is running. */
    private final Map<NonceSubmission, Long> held = new HashMap<>();

    private final Map<NonceSubmission, Long> lastSent = new HashMap<>();

    /** Whether a round changed its form: then what was confirmed in the former one may be stale for ever. */
    private boolean reformed;

    private String lastPolled = "";

    /** Whether the upstream forgot while it was at other blocks and back between two polls: only poc_time tells that. */
    private boolean forgotUnseen;

    private boolean pollFailed;

    /** What the process that is running was handed over, or found on its disk. */
    private final Set<NonceSubmission> alive = new HashSet<>();

    /** What was taken while the disk could be written: a receipt then means that the program may die. */
    private final List<Candidate> promised = new ArrayList<>();

    private boolean crowded;
    private ModelProcess process;

    ModelHistory(SubmissionFilter filter, ForwardSettings settings, boolean verifies) {
        this.filter = filter;
        this.settings = settings;
        this.verifies = verifies;
        this.chain = new ModelChain(filter, settings.resend().enabled(), verifies);
        this.process = process();
    }

    private ModelProcess process() {
        return new ModelProcess(
                filter,
                settings,
                disk,
                clock,
                this::sending,
                submission -> filtered.get(chain.key(submission)),
                verifies ? chain::computed : null);
    }

    /** Plays all steps, and returns what was broken first, or null. */
    static @Nullable String play(
            List<ModelStep> steps, SubmissionFilter filter, ForwardSettings settings, boolean verifies) {
        ModelHistory history = new ModelHistory(filter, settings, verifies);
        try {
            return history.play(steps);
        } finally {
            history.abandonAttempts();
        }
    }

    /** What the steps came to, for a human. */
    static String describe(
            List<ModelStep> steps, SubmissionFilter filter, ForwardSettings settings, boolean verifies) {
        ModelHistory history = new ModelHistory(filter, settings, verifies);
        try {
            String wrong = history.play(steps);
            return String.join("\n", history.log) + "\n=> " + wrong;
        } finally {
            history.abandonAttempts();
        }
    }

    private @Nullable String play(List<ModelStep> steps) {
        polled();
        for (ModelStep step : steps) {
            apply(step);
            check();
            if (!broken.isEmpty()) {
                return broken.getFirst();
            }
        }
        comeToRest();
        check();
        checkNothingMissing();
        return broken.isEmpty() ? null : broken.getFirst();
    }

    // ---- what happens

    private void apply(ModelStep step) {
        int choice = step.choice();
        switch (step.kind()) {
            case OFFER -> offer(choice, LEAST_HONEST + choice / 7 % 500, "m" + choice / 3 % 4, Truth.AS_CLAIMED);
            case LIE -> offer(choice, choice / 7 % 5, "liar" + choice / 3 % 2, ANY_TRUTH.get(choice / 11 % 3));
            case CROWD_LIES -> crowd(choice);
            case OFFER_AGAIN -> offerAgain(choice);
            case SEND -> send(choice);
            case ANSWER -> answer(choice, Reply.VERDICT);
            case TROUBLE -> answer(choice, Reply.TROUBLE);
            case ANSWER_LOST -> answer(choice, Reply.LOST);
            case HELD -> answer(choice, Reply.HELD);
            case FILTERED -> answer(choice, Reply.FILTERED);
            case PASS -> pass(Duration.ofMillis(choice % 5_000));
            case POLL -> poll();
            case POLL_FAILS -> pollFails();
            case NEXT_BLOCK -> {
                chain.nextBlock();
                log.add("the upstream mines on: " + name(chain.current()));
            }
            case SAME_HEIGHT -> {
                chain.otherBlockAtTheSameHeight();
                log.add("the upstream has another block of that height: " + name(chain.current()));
            }
            case FORK_BACK -> {
                chain.forkBack(choice);
                forgotUnseen |= settings.resend().enabled()
                        && chain.current().blockHash().equals(lastPolled);
                log.add("the upstream is back on " + name(chain.current()));
            }
            case OTHER_FORM -> {
                reformed |= settings.resend().enabled();
                chain.otherForm();
                log.add("the upstream changes the base target of " + name(chain.current()));
            }
            case NODE_RESTARTS -> nodeRestarts();
            case ACCOUNT_CHANGES -> {
                log.add("the wallet of an account is loaded, or no longer");
                chain.changeAccount();
            }
            case COMMIT -> {
                log.add("commit");
                disk.commit();
            }
            case DISK_FULL -> diskFull();
            case DISK_FREE -> {
                log.add("the disk has room");
                disk.full(false);
            }
            case CRASH -> crash(choice);
        }
    }

    private void offer(int choice, long claim, String machine, Truth truth) {
        MiningInfo round = chain.someRound(choice);
        NonceSubmission submission = chain.nonce(round, choice % 4, offered.size(), claim, truth);
        machines.put(submission, machine);
        offered.add(submission);
        handOver(submission);
    }

    private void crowd(int choice) {
        crowded = true;
        promised.clear(); // a crowd may fill a ladder before the disk has any of it: who is pushed off is answered all the same
        for (int i = 0; i < CROWD; i++) {
            offer(choice / 5 * 5 + 1, choice % 3, "crowd" + i, Truth.BAD);
        }
    }

    private void offerAgain(int choice) {
        if (!offered.isEmpty()) {
            handOver(offered.get(choice % offered.size()));
        }
    }

    private void handOver(NonceSubmission submission) {
        Candidate candidate = process.offer(submission, machine(submission));
        log.add(machine(submission) + " offers " + name(submission) + (candidate == null ? ", not taken" : ""));
        if (candidate != null) {
            boolean isNew = alive.add(submission);
            if (isNew && !crowded && !disk.isFull() && process.storeIsWritten()) {
                promised.add(candidate);
            }
        }
    }

    private void send(int choice) {
        if (process.attempts.begun() > 0) {
            process.attempts.send(choice % process.attempts.begun());
        }
    }

    /** Called when a nonce goes out, before it counts as being at the upstream. */
    private void sending(NonceSubmission submission) {
        log.add("sent: " + name(submission));
        checkHeldWaited(submission);
        Long known = process.bestConfirmed(submission);
        if (process.isConfirmed(submission)) {
            checkMayBeResent(submission);
            return;
        }
        causesAtLastSend.put(submission, causes);
        if (known != null && submission.rawQuality() >= known) {
            broken.add("sent " + name(submission) + " although " + known + " is confirmed");
        }
        Long bar = knownFiltered.get(chain.key(submission));
        if (bar != null && submission.rawQuality() >= bar) {
            broken.add("sent " + name(submission) + " although the upstream has " + bar);
        }
        for (int i = 0; i < process.attempts.atUpstream().size(); i++) {
            NonceSubmission other = process.attempts.atUpstream().get(i);
            if (chain.key(other).equals(chain.key(submission)) && !process.attempts.isGivenUp(i)) {
                checkIsBetter(submission, other);
            }
        }
    }

    /** A nonce that the upstream holds is not asked for again within 5 s. */
    private void checkHeldWaited(NonceSubmission submission) {
        long now = process.scheduler.nanoTime();
        Long since = held.remove(submission);
        if (since != null && now - since < Duration.ofSeconds(5).toNanos()) {
            broken.add("sent " + name(submission) + " again " + (now - since) + " ns after the upstream held it");
        }
        lastSent.put(submission, now);
    }

    /** Where nothing happened since it was sent last, it is not sent again. */
    private void checkMayBeResent(NonceSubmission submission) {
        Integer before = causesAtLastSend.put(submission, causes);
        if (!settings.resend().enabled() || (before != null && before == causes)) {
            broken.add("sent " + name(submission) + " again without a cause");
        }
    }

    private void checkIsBetter(NonceSubmission submission, NonceSubmission other) {
        boolean honest =
                !process.isSuspect(submission, machine(submission)) && !process.isSuspect(other, machine(other));
        if (honest && !process.isConfirmed(other) && !mayBeProbe(other)
                && submission.rawQuality() >= other.rawQuality()) {
            broken.add("sent " + name(submission) + " while " + name(other) + " is at the upstream");
        }
    }

    /** Nonces of an account that was refused go out as probes, which keep nobody back. */
    private boolean mayBeProbe(NonceSubmission submission) {
        return everRefused.contains(submission.accountId());
    }

    private enum Reply {
        VERDICT,
        TROUBLE,
        LOST,
        HELD,
        FILTERED
    }

    private SubmitOutcome outcome(Reply reply, NonceSubmission submission, int choice) {
        return switch (reply) {
            case VERDICT -> chain.judge(submission);
            case TROUBLE -> ModelChain.trouble(choice / 7);
            case LOST -> UpstreamTrouble.timedOut("no answer");
            case HELD -> new SubmitOutcome.Held(UpstreamMessage.of("no verdict yet"));
            case FILTERED -> chain.filter(submission);
        };
    }

    private void answer(int choice, Reply reply) {
        List<NonceSubmission> atUpstream = process.attempts.atUpstream();
        if (atUpstream.isEmpty()) {
            return;
        }
        int index = choice % atUpstream.size();
        NonceSubmission submission = atUpstream.get(index);
        SubmitOutcome outcome = outcome(reply, submission, choice);
        if (process.attempts.isGivenUp(index)) {
            outcome = outcome(Reply.LOST, submission, choice);
        }
        if (outcome instanceof SubmitOutcome.Held) {
            causes++; // of a resend
            if (process.isOpen(submission)) {
                held.put(submission, lastSent.get(submission));
            }
        }
        if (outcome instanceof SubmitOutcome.Filtered) {
            filtered.merge(chain.key(submission), submission.rawQuality(), Math::min);
            if (process.isOpen(submission)) {
                knownFiltered.merge(chain.key(submission), submission.rawQuality(), Math::min);
            }
        }
        if (isTrouble(outcome, Kind.ACCOUNT_REFUSED)) {
            everRefused.add(submission.accountId());
        }
        if (outcome instanceof UpstreamTrouble || outcome instanceof SubmitOutcome.Stale) {
            causes++; // of a resend that was not accepted, or of a refused connection
        }
        if (outcome instanceof SubmitOutcome.Accepted) {
            everConfirmed.add(submission);
        }
        if (isTrouble(outcome, Kind.CONNECTION_REFUSED)) {
            pollFailed = true; // the next good poll is a cause
        }
        if (isTrouble(outcome, Kind.UNKNOWN_ERROR)) {
            unknownErrors.merge(submission, 1, Integer::sum);
        }
        log.add("answer to " + name(submission) + ": " + outcome);
        process.attempts.answer(index, outcome);
    }

    private static boolean isTrouble(SubmitOutcome outcome, Kind kind) {
        return outcome instanceof UpstreamTrouble trouble && trouble.kind() == kind;
    }

    private void pass(Duration time) {
        log.add(time + " pass");
        process.pass(time, disk);
    }

    private void poll() {
        log.add("poll: " + name(chain.current()));
        polled();
    }

    /** What is of a round that left the last three is over, even if the upstream comes back to that round later. */
    private void polled() {
        forgotUnseen &= chain.current().blockHash().equals(lastPolled) && !pollFailed;
        if (!chain.current().blockHash().equals(lastPolled) || pollFailed) {
            causes++;
            pollFailed = false;
            lastPolled = chain.current().blockHash();
        }
        process.polled(chain.current());
        alive.removeIf(submission -> !process.isOpen(submission));
        held.keySet().removeIf(submission -> !process.isOpen(submission));
        knownFiltered.keySet().removeIf(key -> process.rounds.find(key.substring(0, key.indexOf('/'))) == null);
        promised.removeIf(candidate -> !process.isOpen(candidate.submission()));
    }

    private void pollFails() {
        log.add("a poll fails");
        pollFailed = true;
        process.pollFailed();
    }

    /** Where the upstream forgets: a poll fails, and what it had accepted is gone. */
    private void nodeRestarts() {
        if (settings.resend().enabled()) {
            log.add("the node restarts");
            chain.forget();
            process.pollFailed();
            pollFailed = true;
        }
    }

    private void diskFull() {
        log.add("the disk is full");
        disk.full(true);
        promised.clear();
    }

    private void crash(int choice) {
        log.add("crash, and restart");
        causes++;
        abandonAttempts(() -> disk.crash(choice % 8));
        promised.clear();
        knownFiltered.clear();
        held.clear();
        process = process();
        alive.clear();
        disk.content().outbox().forEach(entry -> alive.add(entry.submission()));
    }

    private void abandonAttempts() {
        abandonAttempts(() -> disk.crash(0));
    }

    private void abandonAttempts(Runnable death) {
        death.run();
        while (!process.attempts.atUpstream().isEmpty()) {
            process.attempts.answer(0, UpstreamTrouble.unreachable("the process is dead"));
        }
    }

    private void comeToRest() {
        log.add("the trouble is over");
        disk.full(false);
        chain.acceptAllAccounts();
        causes++;
        Duration step = Duration.ofSeconds(1);
        for (Duration left = QUIET; left.isPositive(); left = left.minus(step)) {
            polled();
            while (process.attempts.begun() > 0 || !process.attempts.atUpstream().isEmpty()) {
                send(0);
                answer(0, Reply.VERDICT);
            }
            process.pass(step, disk);
        }
    }

    // ---- what has to hold

    private void check() {
        checkCounts();
        int slots = process.attempts.begun() + process.attempts.atUpstream().size();
        if (slots > settings.maxInFlight()) {
            broken.add(slots + " attempts at once");
        }
        checkReceipts();
        broken.addAll(process.wrongAnswers);
    }

    private void checkCounts() {
        CountedFates fates = process.fates;
        for (Fate fate : List.of(Fate.PENDING, Fate.FILTERED, Fate.SUPERSEDED, Fate.STALE)) {
            if (fates.count(fate) < 0) {
                broken.add("more nonces left " + fate + " than came there");
            }
        }
        long standing = Stream.of(Fate.values()).mapToLong(fates::count).sum();
        if (standing != fates.received()) {
            broken.add("the counts do not add up: received " + fates.received() + ", standing " + standing);
        }
    }

    /**
     * Whatever has a receipt and no verdict: it, or something that claims no less, is durable or confirmed. What was ever
     * confirmed had a verdict, which a restart finds.
     */
    private void checkReceipts() {
        if (reformed) {
            return; // what was confirmed may be so no more, before the disk had what waited behind it
        }
        Map<String, Long> safe = new HashMap<>(process.bestsConfirmed());
        filtered.forEach((key, quality) -> safe.merge(key, quality, Math::min));
        for (ReceivedNonce entry : disk.content().outbox()) {
            safe.merge(chain.key(entry.submission()), entry.submission().rawQuality(), Math::min);
        }
        disk.content().verdicts().stream()
                .filter(verdict -> verdict.outcome().isAccepted())
                .forEach(verdict -> safe.merge(chain.key(verdict.submission()), verdict.confirmedRawQuality(),
                        Math::min));
        for (Candidate candidate : promised) {
            NonceSubmission submission = candidate.submission();
            if (candidate.receipt().isDone() && !everConfirmed.contains(submission) && process.isOpen(submission)
                    && isUndecided(candidate) && !(mayBeProbe(submission) && mayBePushedOff(submission))) {
                Long best = safe.get(chain.key(submission));
                if (best == null || best > submission.rawQuality()) {
                    broken.add("a receipt for " + name(submission) + ", but the best that would survive is " + best);
                }
            }
        }
    }

    private static boolean isUndecided(Candidate candidate) {
        Fate fate = candidate.fate();
        return fate == Fate.PENDING || fate == Fate.FILTERED || fate == Fate.SUPERSEDED || fate == Fate.STALE;
    }

    private void checkNothingMissing() {
        if (forgotUnseen) {
            return;
        }
        for (NonceSubmission submission : process.waiting()) {
            if (chain.isOfCurrentRound(submission)) {
                broken.add("the sender of " + name(submission) + " waits without end");
            }
        }
        for (NonceSubmission submission : alive) {
            if (!chain.isOfCurrentRound(submission)
                    || !chain.isGood(submission)
                    || (verifies && chain.computed(submission) > submission.rawQuality()) // not sent
                    || ((crowded || reformed || mayBeProbe(submission)) && mayBePushedOff(submission))
                    || (crowded && mayBeProbe(submission))
                    || unknownErrors.getOrDefault(submission, 0) >= MAX_UNKNOWN_ERRORS) {
                continue;
            }
            Long best = chain.ledger.get(chain.key(submission));
            if (best == null || best > chain.worth(submission)) {
                broken.add("lost " + name(submission) + ", the upstream's best of its key is " + best);
            }
        }
    }

    /** A crowd pushes off who claims as much as it does; and of each machine, all but the best claim, the first of equals. */
    private boolean mayBePushedOff(NonceSubmission submission) {
        return submission.rawQuality() < LEAST_HONEST
                || offered.stream()
                        .anyMatch(other -> ranksBefore(other, submission)
                                && chain.key(other).equals(chain.key(submission))
                                && machine(other).equals(machine(submission)));
    }

    private boolean ranksBefore(NonceSubmission one, NonceSubmission other) {
        return one.rawQuality() < other.rawQuality()
                || (one.rawQuality() == other.rawQuality() && offered.indexOf(one) < offered.indexOf(other));
    }

    private String machine(NonceSubmission submission) {
        return machines.getOrDefault(submission, "?");
    }

    private static String name(MiningInfo round) {
        return "round " + Long.parseLong(round.blockHash(), 16) + " at " + round.height() + "/" + round.baseTarget();
    }

    private static String name(NonceSubmission submission) {
        return "nonce " + submission.nonce() + " of account " + Long.parseLong(submission.accountId(), 16)
                + " claiming "
                + submission.rawQuality() + " in round " + Long.parseLong(submission.blockHash(), 16);
    }
}
