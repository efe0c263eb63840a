package org.pocx.aggregator.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages for wrong files: they name file, line and key. */
final class ConfigFaultsTest {

    private static String fault(String yaml) {
        return assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigFile.parse("farm.yaml", yaml, Path.of(""), Map.of("EVIL", "x\ny: z")))
                .actual()
                .getMessage();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "blok_time_secs: 1 | unknown key \"blok_time_secs\"; the nearest is block_time_secs",
        "submission_mode: pool | unknown key \"submission_mode\"; the nearest is upstream.submission_mode",
        "dashbord: {enabled: true} | unknown key \"dashbord\"; the nearest is dashboard",
        "upstream: {retry: {attempts: 1}} | unknown key \"upstream.retry.attempts\"; the nearest is upstream.retry.max_attempts",
        "block_time_secs: two | block_time_secs is \"two\"; it must be a whole number from 1 to 86400",
        "block_time_secs: 0 | block_time_secs is \"0\"; it must be a whole number from 1 to 86400",
        "block_time_secs: 86401 | block_time_secs is \"86401\"; it must be a whole number from 1 to 86400",
        "block_time_secs: 1.5 | block_time_secs is \"1.5\"; it must be a whole number from 1 to 86400",
        "block_time_secs: 99999999999999999999 | block_time_secs is \"99999999999999999999\"; it must be a whole number from 1 to 86400",
        "block_time_secs: [1] | block_time_secs must be a whole number from 1 to 86400, not a list or a section",
        "upstream: pool | upstream must be a section with keys of its own",
        "cache: {pool_timeout_secs: 301} | cache.pool_timeout_secs is \"301\"; it must be a whole number from 1 to 300",
        "cache: {mining_info_ttl_secs: 3601} | cache.mining_info_ttl_secs is \"3601\"; it must be a whole number from 1 to 3600",
        "cache: {poll_interval_ms: 49} | cache.poll_interval_ms is \"49\"; it must be a whole number from 50 to 60000",
        "database: {retention_days: 36501} | database.retention_days is \"36501\"; it must be a whole number from 0 to 36500",
        "upstream: {rpc_port: 65536} | upstream.rpc_port is \"65536\"; it must be a whole number from 1 to 65535",
        "listen_address: 8080 | listen_address is \"8080\"; it must be HOST:PORT with a port from 1 to 65535, such as \"0.0.0.0:8080\"; a host name may hold letters, digits, dots, hyphens and underscores",
        "listen_address: 0.0.0.0:0 | listen_address is \"0.0.0.0:0\"; it must be HOST:PORT with a port from 1 to 65535, such as \"0.0.0.0:8080\"; a host name may hold letters, digits, dots, hyphens and underscores",
        "dashboard: {enabled: yes} | dashboard.enabled is \"yes\"; it must be true or false",
        "logging: {level: verbose} | logging.level is \"verbose\"; it must be one of trace, debug, info, warn, error, off",
        "upstream: {submission_mode: solo} | upstream.submission_mode is \"solo\"; it must be one of pool, wallet",
        "upstream: {rpc_auth: {type: basic}} | upstream.rpc_auth.type is \"basic\"; it must be one of none, user_pass, cookie",
        "upstream: {url: pool.example.com:8080} | upstream.url is \"pool.example.com:8080\"; it must be a URL with scheme and host, and no user or password in it, such as \"http://pool.example.com:8080/pocx\"; a host name may hold letters, digits, dots, hyphens and underscores",
        "upstream: {url: 'ftp://pool/'} | upstream.url is \"ftp://pool/\"; it must be a URL with scheme and host, and no user or password in it, such as \"http://pool.example.com:8080/pocx\"; a host name may hold letters, digits, dots, hyphens and underscores",
        "upstream: {rpc_host: 'http://pool'} | upstream.rpc_host is \"http://pool\"; it must be a host name or address, without scheme, port or path; a host name may hold letters, digits, dots, hyphens and underscores",
        "server: {auth: {enabled: true, basic_auth: {username: u}}} | server.auth.enabled needs server.auth.basic_auth.password",
        "upstream: {rpc_auth: {type: cookie}} | upstream.rpc_auth.type needs upstream.rpc_auth.cookie_path",
        "upstream: {retry: {max_delay_ms: 500}} | upstream.retry.max_delay_ms (500) must not be below upstream.retry.base_delay_ms (1000)",
        "upstream: {name: '${NOT_THERE}'} | upstream.name: the environment variable NOT_THERE is not set, and ${NOT_THERE} has no default (${NOT_THERE:-default})",
        "upstream: {name: '${A:-${B:-${C}}}'} | upstream.name: the environment variable C is not set, and ${C} has no default (${C:-default})",
        "upstream: {name: 'a ${not a name} b'} | upstream.name: a variable must be written ${NAME} or ${NAME:-default}; where ${ is not meant as one, write $${",
        "upstream: {name: '${A:-b'} | upstream.name: a variable must be written ${NAME} or ${NAME:-default}; where ${ is not meant as one, write $${",
        "upstream: {auth_token: 'hush${}'} | upstream.auth_token: a variable must be written ${NAME} or ${NAME:-default}; where ${ is not meant as one, write $${",
        "upstream: {submission_mode: '${EVIL}'} | upstream.submission_mode, \"${EVIL}\" with its variables filled in, must be one of pool, wallet",
        "dashboard: {listen_address: '0.0.0.0:8080'} | dashboard.listen_address is the miners' port, 0.0.0.0:8080: they need two",
        "<<: {a: b} | unknown key \"<<\"; none is near it, known there are alerts, block_time_secs, cache, dashboard, database, listen_address, logging, machines, metrics, server, upstream, verification",
        "logging: {xyzzy: 1} | unknown key \"logging.xyzzy\"; none is near it, known there are file, level",
        "upstream.url: http://a/ | unknown key \"upstream.url\": a section needs a line of its own, not a dot; the nearest is upstream.url",
        "upstream: {rpc_auth.type: none} | unknown key \"upstream.rpc_auth.type\": a section needs a line of its own, not a dot; the nearest is upstream.rpc_auth.type",
        "logging.x.y: 1 | unknown key \"logging.x.y\": a section needs a line of its own, not a dot; none is near it, known there are alerts, block_time_secs, cache, dashboard, database, listen_address, logging, machines, metrics, server, upstream, verification",
    })
    void oneFault_isNamedWithItsLine(String yaml, String words) {
        assertThat(fault("# a comment\n" + yaml)).isEqualTo("farm.yaml:2: " + words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{url: http://b/} | upstream.backups[0].name is missing: each upstream needs a name",
        "{name: b, urll: http://b/} | unknown key \"upstream.backups[0].urll\"; the nearest is upstream.backups[0].url",
        "{name: b, url: b} | upstream.backups[0].url is \"b\"; it must be a URL with scheme and host, and no user or password in it, such as \"http://pool.example.com:8080/pocx\"; a host name may hold letters, digits, dots, hyphens and underscores",
        "{name: b, url: http://b/, rpc_port: 1} | upstream.backups[0].url and upstream.backups[0].rpc_port are two forms of one setting: give only one",
        "{name: b, url: http://b/, submission_mode: pool} | unknown key \"upstream.backups[0].submission_mode\"; none is near it, known there are auth_token, kind, name, proxy, rpc_auth, rpc_host, rpc_port, rpc_transport, url",
        "{name: b, url: http://b/, kind: receipt} | upstream.backups[0].kind is \"receipt\"; it must be one of direct, receipts",
        "{name: b, url: http://b/, rpc_auth: {type: cookie}} | upstream.backups[0].rpc_auth.type needs upstream.backups[0].rpc_auth.cookie_path",
        "{name: b} | this upstream has no address: set upstream.backups[0].url to that of your pool or node, such as \"http://127.0.0.1:8332/\" for a node on this machine, or upstream.backups[0].rpc_host and upstream.backups[0].rpc_port",
        "{name: first, url: http://b/} | upstream.backups[0].name is the name of another upstream, too: give each its own",
        "{name: b, url: 'HTTP://A:80'} | the upstreams \"first\" and \"b\" have the same address and user: a backup must be another pool or node",
        "{name: b, url: 'http://127.0.0.1:8080/'} | the upstream, http://127.0.0.1:8080/, is the miner port of this aggregator (0.0.0.0:8080): set it to the address of your pool or node, or choose another server.listen_address",
        "b | upstream.backups must be a list of upstreams, such as [{name: second-node, url: \"http://10.0.0.2:8332/\"}]",
    })
    void faultInABackup_isNamedWithItsLine(String backup, String words) {
        assertThat(fault("upstream: {url: 'http://a/', name: first, backups:\n  [" + backup + "]}"))
                .isIn("farm.yaml:1: " + words, "farm.yaml:2: " + words);
    }

    @Test
    void tooManyBackups_areRejected() {
        String eight = IntStream.range(0, 8)
                .mapToObj(i -> "{name: b" + i + ", url: 'http://b" + i + "/'}")
                .collect(Collectors.joining(", "));

        assertThat(fault("upstream: {url: 'http://a/', backups: [" + eight + "]}"))
                .isEqualTo("farm.yaml:1: upstream.backups must not have more than 7 entries");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "listen_address: 'a:1' | server: {listen_address: 'a:1'} | server.listen_address and listen_address",
        "block_time_secs: 1 | upstream: {block_time_secs: 1} | upstream.block_time_secs and block_time_secs",
    })
    void settingInBothForms_isRejected(String one, String other, String names) {
        assertThat(fault(one + "\n" + other))
                .isEqualTo("farm.yaml:2: " + names + " are two forms of one setting: give only one");
    }

    @Test
    void urlAndHost_areRejected() {
        assertThat(fault("upstream:\n  url: http://a/\n  rpc_host: a\n"))
                .isEqualTo(
                        "farm.yaml:3: upstream.url and upstream.rpc_host are two forms of one setting: give only one");
    }

    @Test
    void databasePathAndUrl_areRejected() {
        assertThat(fault("database:\n  path: a.db\n  url: postgresql://pocx@db/pocx\n"))
                .isEqualTo(
                        "farm.yaml:3: database.path and database.url are two forms of one setting: give only one");
        assertThat(fault("database: {password: secret}"))
                .isEqualTo("farm.yaml:1: database.password needs database.url");
        assertThat(fault("database: {url: 'postgresql://pocx:secret@db/pocx'}"))
                .contains("database.url must be postgresql://USER@HOST:PORT/DATABASE without a password")
                .doesNotContain("secret");
    }

    @Test
    void tokenAndRpcAuth_areRejected() {
        assertThat(fault("upstream:\n  auth_token: a\n  rpc_auth: {type: none}\n"))
                .isEqualTo("farm.yaml:3: upstream.auth_token and upstream.rpc_auth.type are two forms of one setting:"
                        + " give only one");
    }

    @Test
    void keyTwice_isRejected() {
        assertThat(fault("block_time_secs: 1\nblock_time_secs: 2\n"))
                .isEqualTo("farm.yaml:2: \"block_time_secs\" is given twice in one section");
    }

    @Test
    void malformedPassword_isNotRepeated() {
        assertThat(fault("upstream: {auth_token: 'top secret'}"))
                .isEqualTo("farm.yaml:1: upstream.auth_token must be printable ASCII without blanks");
    }

    @Test
    void userAndPasswordInUrl_areNotRepeated() {
        assertThat(fault("upstream: {url: 'http://me:hush@pool/'}"))
                .startsWith("farm.yaml:1: upstream.url must be a URL")
                .doesNotContain("hush");
    }

    @Test
    void malformedProxy_isNotRepeated() {
        assertThat(fault("upstream: {proxy: 'https://me:hush@proxy'}"))
                .isEqualTo(
                        "farm.yaml:1: upstream.proxy must be http://HOST:PORT or socks5://HOST:PORT, with USER:PASSWORD@"
                                + " before HOST if the proxy requires a login, or none");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "..", "-x", "x-", "a..b", ".a", "256.1.1.1", "1.2.3", "[:::]", "[1:2]", "[%]", "[]", "[localhost]",
        "[::1", "a b", "é"
    })
    void hostThatIsNotValidInAUrl_isRejectedWithTheRule(String host) {
        assertRefusedForItsHost("upstream.rpc_host", "upstream: {rpc_host: '" + host + "'}");
        assertRefusedForItsHost("listen_address", "listen_address: '" + host + ":8080'");
        assertRefusedForItsHost("upstream.url", "upstream: {url: 'http://" + host + ":8080/'}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "server: {listen_address: '::1:8080'} | [::1]:8080",
        "server: {listen_address: '::1'} | [::1]:8080",
        "server: {listen_address: ':::9000'} | [::]:9000",
        "listen_address: 'fe80::1%eth0:8081' | [fe80::1%eth0]:8081",
        "dashboard: {listen_address: '2001:db8::2:8081'} | [2001:db8::2]:8081",
        "upstream: {rpc_host: '::1'} | [::1]",
        "upstream: {rpc_host: '2001:db8::2'} | [2001:db8::2]"
    })
    void ipv6AddressWithoutBrackets_isShownWithThem(String yaml, String meant) {
        assertThat(fault(yaml)).endsWith("; an IPv6 address needs brackets: \"" + meant + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"server: {listen_address: '8080'}", "server: {listen_address: 'a:b:1'}",
        "upstream: {rpc_host: '12:30'}", "server: {listen_address: '${A:-::1}'}"})
    void otherAddress_getsNoHintOfBrackets(String yaml) {
        assertThat(fault(yaml)).doesNotContain("brackets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a?b", "a#b", "me@b"})
    void hostWithAnotherPartOfAUrl_isRejected(String host) {
        assertRefusedForItsHost("upstream.rpc_host", "upstream: {rpc_host: '" + host + "'}");
        assertRefusedForItsHost("listen_address", "listen_address: '" + host + ":8080'");
    }

    private static void assertRefusedForItsHost(String key, String yaml) {
        assertThat(fault(yaml))
                .startsWith("farm.yaml:1: " + key + " ")
                .endsWith("; a host name may hold letters, digits, dots, hyphens and underscores")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "upstream: {url: 'ftp://pool/?token=hush'}",
        "upstream: {url: 'http://my..pool/?token=hush'}",
        "upstream: {url: 'http://pool/ /?token=hush'}",
        "upstream: {url: 'http://pool/#hush'}",
        "upstream: {url: 'pool:80?token=hush'}",
        "upstream: {url: 'http://my..pool/${SECRET}'}",
        "upstream: {url: '${SECRET}'}",
        "upstream: {url: 'me:hush@pool'}",
        "upstream: {url: '${URL}'}",
        "upstream: {rpc_host: 'http://pool/?token=hush'}",
        "upstream: {rpc_host: '${SECRET} '}",
        "upstream: {rpc_port: '${SECRET}'}",
        "upstream: {rpc_auth: {type: '${SECRET}'}}",
        "upstream: {rpc_auth: {type: user_pass, username: 'me:hush', password: x}}",
        "server: {auth: {basic_auth: {username: 'me:hush'}}}",
        "upstream: {auth_token: 'hush hush'}",
        "upstream: {auth_token: [hush]}",
        "alerts: {webhook: 'ftp://hooks.example.com/hush'}",
        "alerts: {webhook: 'https://hooks.example.com/hush hush'}",
        "alerts: {webhook: 'https://me:hush@hooks.example.com/'}",
        "upstream: {auth_token: {hush: hush}}",
        "upstream: {retry: {max_delay_ms: '${NUMBER}'}}",
        "upstream: {retry: {base_delay_ms: '${NUMBER}', max_delay_ms: 10}}",
        "dashboard: {listen_address: '${ADDRESS}'}",
        "listen_address: '${SECRET}'",
        "logging: {file: \"${SECRET}\\0\"}",
        "database: {path: \"${SECRET}\\0\"}",
        "upstream: {auth_token: !hush!x y}",
        "upstream: {auth_token: *hush}",
        "upstream: {auth_token: \"hu\\qsh hush\"}",
        "upstream:\n  auth_token: %hush",
        "upstream:\n  auth_token: @hush",
        "upstream:\n  auth_token: `hush",
        "upstream:\n  auth_token: |hush",
        "upstream:\n  auth_token: >hush",
        "upstream:\n  auth_token: {hush",
        "upstream:\n  auth_token: [hush",
        "upstream:\n  auth_token: 'hush",
        "upstream:\n  auth_token: \"hush",
        "upstream:\n  auth_token: 'hu'sh'hush'",
        "upstream:\n  auth_token: hush: hush",
        "upstream:\n  auth_token: \"hush\" hush",
        "upstream:\n  auth_token:hush\n  url: x",
    })
    void secretsAndValuesOfVariables_areNotRepeated(String yaml) {
        Map<String, String> environment = Map.of(
                "SECRET", "hush hush",
                "URL", "http://my..pool/hush",
                "NUMBER", "987",
                "ADDRESS", "0.0.0.0:8080");
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigFile.parse("farm.yaml", yaml, Path.of(""), environment))
                .satisfies(fault -> assertThat(fault.getMessage())
                        .startsWith("farm.yaml:")
                        .doesNotContain("hush")
                        .doesNotContain("987")
                        .doesNotContain("port, 0.0.0.0:8080"));
    }

    @Test
    void manyFaults_firstThreeInOrderAndACount() {
        assertThat(fault("a: 1\nb: 2\ncache: {poll_interval_ms: x}\nd: 4\ne: 5").lines())
                .hasSize(4)
                .first()
                .asString()
                .startsWith("farm.yaml:1: unknown key \"a\"");
    }

    @Test
    void manyFaults_othersAreCounted() {
        assertThat(fault("a: 1\nb: 2\ncache: {poll_interval_ms: x}\nd: 4\ne: 5")).endsWith("… and 2 more");
    }

    @Test
    void notYaml_namesTheLine() {
        assertThat(fault("server:\n  listen_address: [\n")).startsWith("farm.yaml:3: not YAML: ");
    }

    @Test
    void tabAsIndentation_namesTheLine() {
        assertThat(fault("server:\n\tlisten_address: a\n")).startsWith("farm.yaml:2: not YAML: ");
    }

    @Test
    void plainText_isNotAConfiguration() {
        assertThat(fault("hello")).startsWith("farm.yaml:1: not a configuration");
    }

    @Test
    void emptyFile_pointsToInit() {
        assertThat(fault(""))
                .isEqualTo("farm.yaml is empty. \"pocx-aggregator init\" writes a file that explains itself.");
    }

    @Test
    void commentsAlone_areEmpty() {
        assertThat(fault("# nothing\n")).startsWith("farm.yaml is empty");
    }

    @Test
    void twoDocuments_areRejected() {
        assertThat(fault("a: 1\n---\nb: 2\n")).contains("not YAML");
    }

    @Test
    @Timeout(180)
    void billionLaughs_areRejected() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 40; i++) {
            String alias = "*a" + (i - 1);
            yaml.append("a%d: &a%d [%s, %s, %s]%n".formatted(i, i, alias, alias, alias));
        }

        assertThat(fault(yaml.toString())).startsWith("farm.yaml:18: not YAML: more than 50 aliases");
    }

    @Test
    @Timeout(180)
    void thousandsOfUnknownKeys_areRejectedQuickly() {
        String keys = IntStream.range(0, 20_000).mapToObj(i -> "key" + i + ": 1\n").collect(Collectors.joining());

        assertThat(fault(keys)).startsWith("farm.yaml:1: unknown key \"key0\"").endsWith("and 19997 more");
    }

    @Test
    void nameWithControlCharacters_isRejected() {
        assertThat(fault("upstream: {name: \"a\\nb\"}")).contains("upstream.name").contains("text of one line");
        assertThat(fault("database: {path: \"a\\e[31m\"}")).contains("database.path");
    }

    @Test
    @Timeout(180)
    void deepNesting_isRejected() {
        assertThat(fault("[".repeat(100_000))).isEqualTo("farm.yaml:1: not a configuration: nested too deeply");
    }

    @Test
    void sectionThatContainsItself_isRejected() {
        assertThat(fault("server: &s\n  auth: *s\n")).contains("unknown key \"server.auth.auth\"");
    }
}
