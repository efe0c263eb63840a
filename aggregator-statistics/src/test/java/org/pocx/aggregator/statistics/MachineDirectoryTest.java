package org.pocx.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MachineDirectoryTest {
    private static final MachineProfile LEFT =
            new MachineProfile(Optional.of("left"), Optional.of("barn"), OptionalDouble.of(120));

    private final MachineDirectory directory = new MachineDirectory();

    private static MachineProfile ofGroup(String group) {
        return new MachineProfile(Optional.empty(), Optional.of(group), OptionalDouble.empty());
    }

    @Test
    void unknownMachine_hasNoProfile() {
        assertThat(directory.of("10.0.0.7")).isEqualTo(MachineProfile.NONE);
        directory.replace(Map.of("10.0.0.7", LEFT));
        assertThat(directory.of("10.0.0.8")).isEqualTo(MachineProfile.NONE);
    }

    @Test
    void knownMachine_hasItsProfile_inEachSpellingOfTheKey() {
        directory.replace(Map.of("::ffff:10.0.0.7", LEFT, "0:0:0:0:0:0:0:1/rig", ofGroup("a")));

        assertThat(directory.of("10.0.0.7")).isEqualTo(LEFT);
        assertThat(directory.of("::1/rig")).isEqualTo(ofGroup("a"));
    }

    @Test
    void namedMachine_hasOnlyTheGroupOfItsAddress() {
        directory.replace(Map.of("10.0.0.7", LEFT));

        assertThat(directory.of("10.0.0.7/rig")).isEqualTo(ofGroup("barn"));
    }

    @Test
    void namedMachine_keepsItsOwnGroup() {
        directory.replace(Map.of("10.0.0.7", LEFT, "10.0.0.7/rig", ofGroup("attic")));

        assertThat(directory.of("10.0.0.7/rig")).isEqualTo(ofGroup("attic"));
    }

    @Test
    void labelOfAMachine_isItsDisplayNameWithItsId_elseItsId() {
        directory.replace(Map.of(
                "10.0.0.7",
                new MachineProfile(Optional.of("left-rack"), Optional.empty(), OptionalDouble.empty())));

        assertThat(directory.label("10.0.0.7")).isEqualTo("left-rack (10.0.0.7)");
        assertThat(directory.label("10.0.0.7/rig")).isEqualTo("10.0.0.7/rig");
    }

    @Test
    void replacedProfiles_areForgotten() {
        directory.replace(Map.of("10.0.0.7", LEFT));
        directory.replace(Map.of());

        assertThat(directory.of("10.0.0.7")).isEqualTo(MachineProfile.NONE);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void capacityThatIsNone_isRefused(double tib) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new MachineProfile(Optional.empty(), Optional.empty(), OptionalDouble.of(tib)));
    }
}
