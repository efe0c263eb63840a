package org.pocx.aggregator.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pocx.aggregator.statistics.MachineProfile;

final class NamedMapsTest {
    private static final String UPSTREAM = "upstream: {url: 'http://pool/'}\n";

    private static Settings parse(String yaml) {
        return ConfigFile.parse("farm.yaml", UPSTREAM + yaml, Path.of("/farm"), Map.of("PW", "hush", "RACK", "left"));
    }

    private static void assertFault(String yaml, String message) {
        assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> parse(yaml)).withMessage(message);
    }

    @Test
    void machines_haveNameGroupAndCapacity() {
        Settings settings = parse(
                """
                machines:
                  "10.0.0.7":        { name: "${RACK}-rack", group: barn-3, capacity_tib: 120 }
                  "10.0.0.9/rig-01": { name: rig-1 }
                  10.0.0.10:
                """);

        assertThat(settings.machines())
                .isEqualTo(Map.of(
                        "10.0.0.7",
                        new MachineProfile(Optional.of("left-rack"), Optional.of("barn-3"), OptionalDouble.of(120)),
                        "10.0.0.9/rig-01",
                        new MachineProfile(Optional.of("rig-1"), Optional.empty(), OptionalDouble.empty())));
    }

    @Test
    void addresses_haveOneSpelling() {
        assertThat(parse("machines: {'0:0:0:0:0:0:0:1': {}, '::ffff:10.0.0.7/rig': {}, '2001:DB8::7': {}}").machines())
                .containsOnlyKeys("::1", "10.0.0.7/rig", "2001:db8::7");
    }

    @Test
    void machineInTwoSpellings_isAFault() {
        assertFault(
                "machines:\n  '::ffff:10.0.0.7': {}\n  10.0.0.7: {}\n",
                "farm.yaml:4: machines.\"10.0.0.7\" is the same machine as \"::ffff:10.0.0.7\": give it once");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "{10.0.0.7: {capacty_tib: 7}}"
                + "|unknown key machines.\"10.0.0.7\".capacty_tib; the nearest is machines.\"10.0.0.7\".capacity_tib",
        "{10.0.0.7: {zzz: 7}}|unknown key machines.\"10.0.0.7\".zzz; none is near it, known there are name, group,"
                + " capacity_tib",
        "{10.0.0.7: {group: a, group: b}}|\"group\" is given twice in one section",
        "{10.0.0.7: {}, 10.0.0.7: {}}|\"10.0.0.7\" is given twice in one section",
        "{left-rack: {}}|machines.\"left-rack\" does not begin with an IP address; keys of machines are ADDRESS or"
                + " ADDRESS/NAME",
        "{10.0.0.7: left}|machines.\"10.0.0.7\" must be a section with the keys name, group and capacity_tib",
        "{10.0.0.7: {name: [a]}}|machines.\"10.0.0.7\".name must be text of one line with 1 to 64 characters, not a list"
                + " or a section",
        "{10.0.0.7: {capacity_tib: 0}}|machines.\"10.0.0.7\".capacity_tib is \"0\"; it must be a number of TiB from"
                + " 0.001 to 9999999.999, such as 120",
        "{10.0.0.7: {group: '${NONE}'}}|machines.\"10.0.0.7\".group: the environment variable NONE is not set, and ${NONE}"
                + " has no default (${NONE:-default})",
        "[10.0.0.7]|machines must be a map of ADDRESS or ADDRESS/NAME to name, group and capacity_tib",
    })
    void wrongMachine_isAFaultWithFileLineAndKey(String machines, String message) {
        assertFault("machines: " + machines, "farm.yaml:2: " + message);
    }

    @Test
    void nameOf65Characters_isAFault() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> parse("machines: {10.0.0.7: {name: " + "a".repeat(65) + "}}"))
                .withMessageContaining("with 1 to 64 characters");
        assertThat(parse("machines: {10.0.0.7: {name: " + "a".repeat(64) + "}}").machines()).hasSize(1);
    }

    @Test
    void users_areEnoughToRequireALogin() {
        Settings.MinerAuth auth =
                parse("server: {auth: {enabled: true, users: {rig-07: '${PW}', guest: '0123'}}}").server().auth();

        assertThat(auth)
                .isEqualTo(new Settings.MinerAuth(
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        Map.of("rig-07", new Secret("hush"), "guest", new Secret("0123"))));
    }

    @Test
    void usersBesideBasicAuth_areBothAccepted() {
        Settings.MinerAuth auth = parse("server: {auth: {enabled: true, basic_auth: {username: farm, password: x},"
                + " users: {rig-07: hush}}}").server().auth();

        assertThat(auth.shared()).contains(new Settings.BasicAuth("farm", new Secret("x")));
        assertThat(auth.users()).containsOnlyKeys("rig-07");
    }

    @Test
    void usersWithoutLogin_areAWarning() {
        assertThat(parse("server: {auth: {users: {rig-07: hush}}}").warnings())
                .containsExactly("server.auth.users has passwords that nobody needs, because server.auth.enabled is"
                        + " false");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "{enabled: true, users: {}}|server.auth.enabled needs server.auth.basic_auth.username",
        "{users: {'a:b': hush}}|server.auth.users must have names without a colon as keys",
        "{users: {a: ''}}|server.auth.users.\"a\" must be text that is not empty",
        "{users: {a: [hush]}}|server.auth.users.\"a\" must be a password: text that is not empty",
        "{users: {a: hush, a: hush}}|\"a\" is given twice in one section",
        "{users: hush}|server.auth.users must be a map of user names to passwords",
        "{basic_auth: {username: a}, users: {a: hush}}|server.auth.basic_auth.username is also one of server.auth.users:"
                + " a user that machines share cannot be the name of one; choose another name",
    })
    void wrongUser_isAFaultWithoutPassword(String auth, String message) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> parse("server: {auth: " + auth + "}"))
                .withMessageStartingWith("farm.yaml:2: " + message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hush"));
    }

    @Test
    void changedPassword_appliesAtRunTime() {
        Settings before = parse("server: {auth: {enabled: true, users: {rig-07: hush}}}");
        Settings after =
                parse("server: {auth: {enabled: true, users: {rig-07: other}}}\nmachines: {10.0.0.7: {name: a}}");

        assertThat(SettingsChange.between(before, before, after))
                .isEqualTo(new SettingsChange(
                        List.of("server.auth.users", "machines"), List.of()));
    }
}
