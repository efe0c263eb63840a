package org.pocx.aggregator.proof;

import java.util.Optional;

/**
 * Decides whether this JVM hashes in several lanes. It does where it was started with
 * {@code --add-modules jdk.incubator.vector}, has its optimising compiler and vectors of 256 bits or more. Whatever is
 * missing, the result is the same, computed in plain Java.
 */
final class LaneChoice {
    private static final String MODULE = "jdk.incubator.vector";
    private static final String VECTOR_LANES = "org.pocx.aggregator.proof.VectorLanes";

    /** With 4 lanes only, plain Java is as fast, and some JVMs do not rotate vectors of this size. */
    private static final int FEWEST_LANES = 8;

    /**
     * From how many messages on all lanes are faster than one message after the other: what they take does not depend on how
     * many of them are used. Measured with 8 and with 16 lanes.
     */
    private static final int WORTH_ALL_LANES = 3;

    private static final int LANES = isUsable() ? vectorLanes().map(ShabalLanes::lanes).orElse(1) : 1;

    private LaneChoice() {}

    /** How many messages this JVM hashes at once: 1, 8 or 16. */
    static int lanes() {
        return LANES;
    }

    /** How many parts are best computed together when so many are left. */
    static int step(int left) {
        return Math.min(left, left < WORTH_ALL_LANES ? 1 : LANES);
    }

    /** The fastest way to hash so many messages. */
    static ShabalLanes fastest(int messages) {
        return messages == 1 ? new ScalarLanes() : vectorLanes().orElseThrow();
    }

    /** Without the optimising compiler, vectors are objects and a hundred times slower. */
    private static boolean isUsable() {
        String mode = System.getProperty("java.vm.info", "");
        return ModuleLayer.boot().findModule(MODULE).isPresent()
                && !mode.contains("interpreted")
                && !mode.contains("emulated-client");
    }

    /** Empty where the class does not load, or has too few lanes. */
    static Optional<ShabalLanes> vectorLanes() {
        try {
            ModuleLayer.boot().findModule(MODULE).ifPresent(LaneChoice.class.getModule()::addReads);
            ShabalLanes lanes = Class.forName(VECTOR_LANES)
                    .asSubclass(ShabalLanes.class)
                    .getDeclaredConstructor()
                    .newInstance();
            return Optional.of(lanes).filter(found -> found.lanes() >= FEWEST_LANES);
        } catch (ReflectiveOperationException | LinkageError unavailable) {
            return Optional.empty();
        }
    }
}
