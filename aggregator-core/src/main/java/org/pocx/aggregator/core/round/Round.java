package org.pocx.aggregator.core.round;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.SubmissionRefusal;

/**
 * One block being mined, named by the hash of the block before it. A round may be announced several times with another
 * height, generation signature or base target: each announcement counts as matching. Immutable.
 */
public final class Round {
    /** Announcements kept of one round; the oldest makes place. A sane upstream makes one or two. */
    static final int MAX_ANNOUNCEMENTS = 64;

    private final List<MiningInfo> announcements;

    private Round(List<MiningInfo> announcements) {
        this.announcements = List.copyOf(announcements);
    }

    /**
     * {@return a round with that announcement alone}
     *
     * @param announcement the first of its block hash
     */
    public static Round of(MiningInfo announcement) {
        return new Round(List.of(announcement));
    }

    /** {@return the hash of the block that this round builds on: 64 lower-case hex characters} */
    public String blockHash() {
        return announcements.getFirst().blockHash();
    }

    /** {@return the last announcement} */
    public MiningInfo info() {
        return announcements.getLast();
    }

    /** {@return the u64 height of the last announcement} */
    public long height() {
        return info().height();
    }

    /** True when the round was announced with the same height, generation signature and base target. */
    boolean wasAnnouncedAs(MiningInfo info) {
        return announcements.stream()
                .anyMatch(a -> a.height() == info.height()
                        && a.baseTarget() == info.baseTarget()
                        && a.generationSignature().equals(info.generationSignature()));
    }

    /** This round with one announcement more, now its last. */
    Round announcedAs(MiningInfo info) {
        List<MiningInfo> all = new ArrayList<>(announcements);
        all.removeIf(a -> Round.of(a).wasAnnouncedAs(info));
        all.add(info);
        return new Round(all.subList(Math.max(0, all.size() - MAX_ANNOUNCEMENTS), all.size()));
    }

    /** This round with one announcement more, while its last one stays the last. */
    Round alsoAnnouncedAs(MiningInfo info) {
        List<MiningInfo> all = new ArrayList<>(announcements);
        all.add(all.size() - 1, info);
        return new Round(all.subList(Math.max(0, all.size() - MAX_ANNOUNCEMENTS), all.size()));
    }

    /**
     * {@return true when the submission is what the last announcement asks for}
     *
     * @param submission one that names this round
     */
    public boolean isCurrentFormOf(NonceSubmission submission) {
        return mismatch(info(), submission) == null;
    }

    /**
     * {@return the reason why the submission does not match any announcement, or null when it matches one}
     *
     * @param submission one that names this round
     */
    public @Nullable SubmissionRefusal refusal(NonceSubmission submission) {
        SubmissionRefusal refusal = null;
        for (int i = announcements.size() - 1; i >= 0; i--) {
            SubmissionRefusal mismatch = mismatch(announcements.get(i), submission);
            if (mismatch == null) {
                return null;
            }
            refusal = refusal == null ? mismatch : refusal;
        }
        return refusal;
    }

    private static @Nullable SubmissionRefusal mismatch(MiningInfo info, NonceSubmission submission) {
        if (info.height() != submission.height()) {
            return new SubmissionRefusal(SubmissionRefusal.Reason.WRONG_HEIGHT, info.height(), submission.height());
        }
        if (!info.generationSignature().equals(submission.generationSignature())) {
            return new SubmissionRefusal(SubmissionRefusal.Reason.WRONG_GENERATION_SIGNATURE);
        }
        return info.baseTarget() == submission.baseTarget()
                ? null
                : new SubmissionRefusal(SubmissionRefusal.Reason.WRONG_BASE_TARGET);
    }

    @Override
    public String toString() {
        return "Round[" + Long.toUnsignedString(height()) + " on " + blockHash() + "]";
    }
}
