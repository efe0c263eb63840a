package org.pocx.aggregator.cli.it;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Makes request bodies that are nearly right: from real requests, by changes that know what a request consists of, and by
 * some that know nothing. The same seed makes the same bodies.
 */
final class HostileRequests {
    private static final List<String> VALUES = List.of(
            "-1", "0", "-0", "1", "255", "256", "1.5", "1.0", "1e3", "1E400", "-1e-1", "01", "+1", ".5", "1.", "0x10",
            "18446744073709551615", "18446744073709551616", "9223372036854775808", "1" + "0".repeat(400),
            "1".repeat(2_000), "NaN", "Infinity", "null", "true", "false", "[]", "{}", "[[]]", "{\"a\":{}}", "\"\"",
            "\"0\"", "\"12\"", "\"-1\"", "\" 1\"", "\"１２\"", "\"1e3\"", "\"\\u0000\"", "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\x41\"", "\"\t\"", "\"<script>alert(1)</script>\"", "\"\\u202e\\u001b[31m\\r\\n\"", "'a'", "nul",
            "\"open",
            "\"" + "a".repeat(64) + "\"", "\"" + "A".repeat(64) + "\"", "\"" + "a".repeat(63) + "\"",
            "\"" + "a".repeat(65) + "\"", "\"" + "g".repeat(64) + "\"", "\"" + "ａ".repeat(64) + "\"",
            "\"" + "٣".repeat(64) + "\"", "\"" + "é".repeat(40) + "\"", "\"" + "b".repeat(40) + "\"",
            "\"" + "x".repeat(5_000) + "\"", "[".repeat(40) + "]".repeat(40), "[".repeat(5_000),
            "{\"a\":".repeat(200) + "1" + "}".repeat(200), "/* a */ 1", "1 // a", "\ufeff1", "\u2028");

    private static final List<String> NAMES =
            List.of("\"\"", "\"id\"", "\"height\"", "\"__proto__\"", "\"a\\u0000b\"", "\"" + "n".repeat(3_000) + "\"",
                    "x");

    private final Random random;
    private final List<String[]> submission;

    /** @param submission the nine fields of a good one, names and values as JSON, in their order */
    HostileRequests(long seed, List<String[]> submission) {
        this.random = new Random(seed);
        this.submission = submission;
    }

    byte[] next() {
        String text =
                switch (random.nextInt(12)) {
                    case 0 -> batch();
                    case 1 -> pick(VALUES);
                    case 2 -> request("\"get_mining_info\"", random.nextBoolean() ? pick(VALUES) : "{}");
                    default -> request("\"submit_nonce\"", params());
                };
        return random.nextInt(4) == 0
                ? scratch(text.getBytes(StandardCharsets.UTF_8))
                : text.getBytes(StandardCharsets.UTF_8);
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private String request(String method, String params) {
        List<String[]> members = new ArrayList<>(List.of(
                new String[] {"\"jsonrpc\"", "\"2.0\""},
                new String[] {"\"method\"", method},
                new String[] {"\"params\"", params},
                new String[] {"\"id\"", Integer.toString(random.nextInt(1_000))}));
        if (random.nextInt(3) == 0) {
            change(members);
        }
        return object(members);
    }

    private String params() {
        List<String[]> fields = new ArrayList<>(submission);
        for (int changes = random.nextInt(3); changes > 0; changes--) {
            change(fields);
        }
        return random.nextInt(5) == 0
                ? fields.stream().map(field -> field[1]).collect(Collectors.joining(",", "[", "]"))
                : object(fields);
    }

    private void change(List<String[]> members) {
        int at = random.nextInt(members.size());
        switch (random.nextInt(6)) {
            case 0, 1 -> members.set(at, new String[] {members.get(at)[0], pick(VALUES)});
            case 2 -> members.remove(at);
            case 3 -> members.add(random.nextInt(members.size() + 1), members.get(at));
            case 4 -> members.add(at, new String[] {pick(NAMES), pick(VALUES)});
            default -> Collections.shuffle(members, random);
        }
    }

    private static String object(List<String[]> members) {
        return members.stream()
                .map(member -> member[0] + ":" + member[1])
                .collect(Collectors.joining(",", "{", "}"));
    }

    private String batch() {
        int[] sizes = {0, 1, 2, 5, 99, 100, 101, 150};
        int size = sizes[random.nextInt(sizes.length)];
        List<String> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            members.add(random.nextInt(20) == 0 ? pick(VALUES) : request("\"get_mining_info\"", "{}"));
        }
        String text = "[" + String.join(",", members) + "]";
        return random.nextInt(10) == 0 ? "[" + text + "]" : text;
    }

    /** Changes some bytes without looking. */
    private byte[] scratch(byte[] bytes) {
        byte[] scratched = bytes.clone();
        for (int i = random.nextInt(3); i >= 0 && scratched.length > 0; i--) {
            int at = random.nextInt(scratched.length);
            switch (random.nextInt(4)) {
                case 0 -> scratched[at] = (byte) random.nextInt(256);
                case 1 -> scratched[at] = (byte) (0x80 | random.nextInt(128));
                case 2 -> scratched = Arrays.copyOf(scratched, at);
                default -> {
                    byte[] longer = Arrays.copyOf(scratched, scratched.length + 1 + random.nextInt(8));
                    random.nextBytes(Arrays.copyOfRange(longer, scratched.length, longer.length));
                    scratched = longer;
                }
            }
        }
        return scratched;
    }
}
