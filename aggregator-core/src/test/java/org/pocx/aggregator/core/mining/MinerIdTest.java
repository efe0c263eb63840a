package org.pocx.aggregator.core.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinerIdTest {
    private static String address(String name) {
        return new MinerId(name).address();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.7", "2001:db8::7", "höhle ⛏"})
    void ordinaryName_isKept(String name) {
        assertThat(new MinerId(name, name)).extracting(MinerId::address, MinerId::name).containsExactly(name, name);
    }

    @Test
    void id_isTheAddress_withTheNameIfThereIsOne() {
        assertThat(new MinerId("10.0.0.7").id()).isEqualTo("10.0.0.7");
        assertThat(new MinerId("10.0.0.7", "rig/1").id()).isEqualTo("10.0.0.7/rig/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7", "10.0.0.7/rig", "10.0.0.7/rig/1", "::1/a", "/a", ""})
    void machineOfAnId_hasThisId(String id) {
        assertThat(MinerId.ofId(id).id()).isEqualTo(id);
        assertThat(MinerId.ofId(MinerId.ofId(id).id())).isEqualTo(MinerId.ofId(id));
    }

    @Test
    void idInAnotherSpelling_isTheSameMachine() {
        assertThat(MinerId.ofId("::ffff:10.0.0.7/rig")).isEqualTo(new MinerId("10.0.0.7", "rig"));
    }

    @Test
    void slashInTheAddress_isReplaced_soThatTheIdIsNotThatOfAName() {
        MinerId slash = new MinerId("rig/7");

        assertThat(slash.id()).matches("rig\\?7~[0-9a-f]{12}");
        assertThat(MinerId.ofId(slash.id())).isEqualTo(slash);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u202eb", "a\u2066b", "a\u200fb", "a\u2028b", "a\u200bb", "a\ufeffb", "a\u00adb"})
    void charactersThatAreInvisibleOrChangeTheTextAroundThem_areReplaced(String name) {
        assertThat(new MinerId("", name).name()).matches("a\\?b~[0-9a-f]{12}");
    }

    @Test
    void nameOf64Characters_isKept() {
        assertThat(address("a".repeat(64))).isEqualTo("a".repeat(64));
    }

    @Test
    void longName_isCutAndEndsWithTheSameHashEverywhere() {
        assertThat(address("a".repeat(65))).isEqualTo("a".repeat(51) + "~c39589a7d416");
        assertThat(new MinerId("", "a".repeat(65)).name()).isEqualTo(address("a".repeat(65)));
    }

    @Test
    void longNamesWithTheSameStart_stayDifferent() {
        String start = "a".repeat(100);

        assertThat(address(start + "1")).hasSize(MinerId.MAX_CHARS).isNotEqualTo(address(start + "2"));
    }

    @Test
    void cutWithinASurrogatePair_leavesOutThePair() {
        String name = "a".repeat(50) + "⛏😀" + "b".repeat(20);

        assertThat(address(name)).startsWith("a".repeat(50) + "⛏~").hasSize(MinerId.MAX_CHARS);
        assertThat(address("a" + name)).startsWith("a".repeat(51) + "~");
        assertThat(address("a".repeat(50) + "😀" + "b".repeat(20)))
                .startsWith("a".repeat(50) + "~")
                .hasSize(MinerId.MAX_CHARS - 1);
    }

    @Test
    void namesThatDifferInControlCharacters_stayDifferentAndArePrintable() {
        List<String> cleaned = List.of("m\n1", "m\t1", "m?1", "m\u00851", "m\r\n1").stream()
                .map(MinerIdTest::address)
                .toList();

        assertThat(cleaned).doesNotHaveDuplicates().allSatisfy(name -> assertThat(name)
                .matches("m\\?{1,2}1(~[0-9a-f]{12})?"));
    }

    @Test
    void namesThatDifferInUnpairedSurrogates_stayDifferent() {
        String padding = "a".repeat(70);

        assertThat(address(padding + "\ud800")).isNotEqualTo(address(padding + "\ud801"));
    }

    @Test
    void cleanedName_isNotChangedAgain() {
        String once = address("a\n".repeat(60));

        assertThat(address(once)).isEqualTo(once);
    }
}
