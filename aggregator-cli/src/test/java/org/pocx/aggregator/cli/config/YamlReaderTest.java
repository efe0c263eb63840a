package org.pocx.aggregator.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values as they were written, their lines, and the messages for text that is not YAML. */
final class YamlReaderTest {

    private static RawConfig read(String yaml) {
        Problems problems = new Problems("farm.yaml");
        RawConfig config = YamlReader.read("farm.yaml", yaml, problems);
        problems.throwIfAny();
        return config;
    }

    private static String fault(String yaml) {
        return assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> read(yaml))
                .actual()
                .getMessage();
    }

    private static String name(String yaml) {
        return read(yaml).values().get("upstream.name").text();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "yes", "No", "ON", "off", "y", "n", "true", "FALSE", "0123", "089", "0o17", "0x1F", "0x_", "0b101", "0_", "+1",
        "-0", "1_000", "_1", "1e3", "1E+3", "1.50", "1_0.5", ".5", "5.", ".inf", "-.INF", ".NaN", "1:30:00", "190:20",
        "2001-12-14", "2001-12-14t21:59:43.10-05:00", "=", "a&b", "a*b", "a#b", "a:b", "nULL", "00000000000000000000",
    })
    void plainText_isAsWritten(String text) {
        assertThat(name("upstream:\n  name: " + text)).isEqualTo(text);
    }

    @Test
    void numberOfAnyLength_isAsWritten() {
        String hex = "0x" + "f".repeat(1_010);

        assertThat(name("upstream: {name: " + hex + "}")).isEqualTo(hex);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'null' | null", "\"0123\" | 0123", "'~' | ~", "'it''s' | it's", "\"\\x41\\u00e9\\U0001F600\" | Aé😀",
        "'&x' | &x", "\"*x\" | *x", "!!str 0123 | 0123", "!!str null | null", "!mine x | x", "!!int 0x1F | 0x1F",
    })
    void quotedOrTaggedText_isItsContent(String yaml, String text) {
        assertThat(name("upstream: {name: " + yaml + "}")).isEqualTo(text);
    }

    @Test
    void quotedEmptyText_isGiven() {
        assertThat(name("upstream: {name: ''}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n\r\t\u001b", "a\u0085b\u2028c\u2029d", "\\ \"é😀", " ~ "})
    void quotedText_isReadUnchanged(String text) {
        assertThat(name("upstream:\n  name: " + YamlText.quoted(text))).isEqualTo(text);
    }

    @Test
    void blockText_isItsLines() {
        assertThat(name("upstream:\n  name: |-\n    a\n    b\n")).isEqualTo("a\nb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "Null", "NULL", "~", "# nothing", "&anchor", "!!null x"})
    void null_isMissing(String text) {
        assertThat(read("upstream:\n  name: " + text + "\n").values()).isEmpty();
    }

    @Test
    void values_haveTheLinesOfTheirKeys() {
        RawConfig config = read("# 1\nupstream:\n\n  name:\n    x\n  auth_token: |\n    y\nblock_time_secs: 1\n");

        assertThat(config.values())
                .isEqualTo(
                        Map.of(
                                "upstream.name", new RawConfig.Value("x", 4),
                                "upstream.auth_token", new RawConfig.Value("y\n", 6),
                                "block_time_secs", new RawConfig.Value("1", 8)));
        assertThat(config.sections()).isEqualTo(Map.of("upstream", 2));
    }

    @Test
    void windowsLineEnds_countOnce() {
        assertThat(read("# 1\r\n\r\nblock_time_secs: 1\r\n").values())
                .isEqualTo(Map.of("block_time_secs", new RawConfig.Value("1", 3)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "block_time_secs: &t x", "block_time_secs: &t 'x'", "block_time_secs: !!str &t x",
        "block_time_secs: &t !!str x",
        "block_time_secs: &t\n  x", "block_time_secs: &t |-\n  x", "listen_address: [&t x]", "x: &t y\nz: &t x",
        "&t x: 1", "😀: &t x", "listen_address: {a: {&t x: 1}}",
    })
    void aliasOfText_isItsText(String anchored) {
        YamlNode.Mapping root = YamlTree.parse("farm.yaml", anchored + "\nname: *t\n");

        assertThat(root.entries().getLast().value()).isEqualTo(new YamlNode.Scalar("x", false));
    }

    @Test
    void aliasOfSection_isItsKeysInTheirLines() {
        RawConfig config = read("server: &s\n  listen_address: a\ndashboard: *s\n");

        assertThat(config.values().get("dashboard.listen_address")).isEqualTo(new RawConfig.Value("a", 2));
        assertThat(config.sections()).isEqualTo(Map.of("server", 1, "dashboard", 3));
    }

    @Test
    void aliasOfList_isAList() {
        assertThat(fault("# 1\nblock_time_secs: &l [1]\nlisten_address: *l\n"))
                .contains("farm.yaml:3: listen_address must be HOST:PORT")
                .contains("not a list or a section");
    }

    @Test
    void aliasOfNothing_isNotRepeated() {
        assertThat(fault("upstream:\n  auth_token: *hush\n"))
                .isEqualTo("farm.yaml:2: not YAML: an alias of nothing; in quotes a value may begin with an asterisk");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"? [a, b] | : 1", "? {a: b} | : 1", "a: &k 1 | *k : 1"})
    void keyThatIsNotText_isRejected(String one, String other) {
        assertThat(fault("\n" + one + "\n" + other)).matches("farm\\.yaml:[23]: a key must be a plain word");
    }

    @Test
    void keyTwiceInASection_isRejectedInItsLine() {
        assertThat(fault("upstream:\n  name: a\n  auth_token: b\n  'name': c\n"))
                .isEqualTo("farm.yaml:4: \"name\" is given twice in one section");
    }

    @ParameterizedTest
    @ValueSource(strings = {"!!int 08", "!!int +", "!!int 0xhush", "!!binary '*hush'",
        "\"\\UFFFFFFFF\""})
    void unfitTagOrEscape_isRejectedWithoutTheValue(String value) {
        assertThat(fault("upstream:\n  name: " + value + "\n"))
                .isEqualTo("farm.yaml:2: not YAML: the value does not fit its tag, or has a wrong escape");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "a: 'x | found unexpected end of stream",
        "a: b: c | mapping values are not allowed here",
        "a: @x | found character '@' that cannot start any token. (Do not use @ for indentation)",
        "a: \"\\q\" | found unknown escape character q(113)",
        "a:\tx | found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)",
        "a: \"\\/\" | found unknown escape character /(47)",
        "a: [1 | expected ',' or ']', but got <stream end>",
    })
    void notYaml_isOneLine(String yaml, String words) {
        assertThat(fault("# 1\n" + yaml)).isEqualTo("farm.yaml:2: not YAML: " + words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: 1\n# \u0007\n", "a: 1\nb: '\u001b'\n", "a: 1\r\n\0", "a: 1\n\uFFFE: 2"})
    void controlCharacter_isFoundInItsLine(String yaml) {
        assertThat(fault(yaml)).isEqualTo("farm.yaml:2: not YAML: special characters are not allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: 1\n---\nb: 2\n", "a: 1\n...\n---\n[]\n"})
    void secondDocument_isRejected(String yaml) {
        assertThat(fault(yaml)).startsWith("farm.yaml:")
                .endsWith("not YAML: a second document begins, where there must be only one");
    }

    @Test
    void contentAfterTheEnd_isRejectedInItsLine() {
        assertThat(fault("a: 1\n...\nb: 2\n")).startsWith("farm.yaml:3: not YAML: expected '<document start>'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"- a: 1", "~", "---", "'a: 1'", "&a x", "*a"})
    void otherThanAMapping_isNotAConfiguration(String yaml) {
        assertThat(fault("# 1\n" + yaml)).startsWith("farm.yaml:2: not ");
    }

    @ParameterizedTest
    @Timeout(180)
    @ValueSource(strings = {"[", "{a: ", "- ", "? ", "[{a: "})
    void deepNesting_isRejected(String opening) {
        assertThat(fault("a:\n " + opening.repeat(20_000))).startsWith("farm.yaml:").hasLineCount(1);
    }

    @Test
    void hundredLevels_areRead() {
        assertThat(YamlTree.parse("farm.yaml", "a: " + "[".repeat(99) + "]".repeat(99)).entries()).hasSize(1);
    }

    @Test
    @Timeout(180)
    void sectionsThatContainThemselves_end() {
        assertThat(fault("upstream: &u\n  retry: &r\n    retry: *u\n    upstream: *r\n  rpc_auth: *u\n"))
                .startsWith("farm.yaml:2: unknown key \"upstream.rpc_auth.retry\"");
    }

    @Test
    void moreThanFiftyAliasesOfLists_areRejected() {
        String list = "x: &x [y]\nz: [*x" + ", *x".repeat(49);

        assertThat(YamlTree.parse("farm.yaml", list + "]").entries()).hasSize(2);
        assertThat(fault(list + ",\n *x]")).endsWith(":3: not YAML: more than 50 aliases of sections and lists");
    }
}
