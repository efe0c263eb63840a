package org.pocx.aggregator.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LaneChoiceTest {
    @Test
    void lanes_areSeveralOnlyWhereTheVectorApiIs() {
        boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

        assertThat(PocxProof.lanes()).isIn(vectors ? new Integer[] {1, 8, 16} : new Integer[] {1});
    }

    @Test
    void fewParts_areComputedOneAfterTheOther() {
        assertThat(LaneChoice.step(0)).isZero();
        assertThat(LaneChoice.step(1)).isEqualTo(1);
        assertThat(LaneChoice.step(2)).isEqualTo(1);
        assertThat(LaneChoice.step(100)).isEqualTo(PocxProof.lanes());
    }

    @Test
    void withoutTheModule_theClassDoesNotLoad_andNothingFails() {
        boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

        assertThat(LaneChoice.vectorLanes().isPresent() && !vectors).isFalse();
    }
}
