package org.pocx.aggregator.core.forward;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One step of a history.
 *
 * @param choice what exactly, taken modulo of what there is to choose from, so that a step still means something when steps
 *     before it are left out
 */
record ModelStep(Kind kind, int choice) {

    /** What can happen, and how often it does. */
    enum Kind {
        OFFER(22),
        LIE(8),
        CROWD_LIES(1),
        OFFER_AGAIN(4),
        SEND(16),
        ANSWER(14),
        TROUBLE(8),
        ANSWER_LOST(3),
        HELD(6),
        FILTERED(3),
        PASS(8),
        POLL(6),
        POLL_FAILS(2),
        NEXT_BLOCK(3),
        SAME_HEIGHT(1),
        FORK_BACK(2),
        OTHER_FORM(1),
        NODE_RESTARTS(2),
        ACCOUNT_CHANGES(2),
        COMMIT(6),
        DISK_FULL(1),
        DISK_FREE(2),
        CRASH(2);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    static List<ModelStep> random(long seed, int count) {
        List<Kind> urn = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < kind.weight; i++) {
                urn.add(kind);
            }
        }
        Random random = new Random(seed);
        List<ModelStep> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(new ModelStep(urn.get(random.nextInt(urn.size())), random.nextInt(1 << 20)));
        }
        return steps;
    }
}
