package org.pocx.aggregator.core.mining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one spelling of an IP address: IPv6 as in RFC 5952 (lower case, the longest run of zeros compressed), without brackets
 * and without a zone, which names an interface of this host; IPv4-mapped IPv6 as IPv4. Never queries a name server.
 */
final class IpAddress {
    private static final int GROUPS = 8;
    private static final int HEX = 16;
    private static final int MAX_HEX = 4;
    private static final int DECIMAL = 10;
    private static final int MAX_DIGITS = 3;
    private static final int BYTES_OF_V4 = 4;
    private static final int FIRST_OF_V4 = 6;
    private static final int MAX_BYTE = 255;

    /** The first five groups of an IPv4-mapped address are 0, and this is the sixth. */
    private static final int MAPPED = 0xffff;

    private IpAddress() {}

    /** Returns the one spelling of an IPv6 address, and any other text unchanged. */
    static String canonical(String text) {
        if (text.indexOf(':') < 0) {
            return text;
        }
        int @Nullable [] groups = parse(withoutZone(withoutBrackets(text)));
        if (groups == null) {
            return text;
        }
        return isMapped(groups) ? v4(groups) : v6(groups);
    }

    private static String withoutBrackets(String text) {
        return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    }

    private static String withoutZone(String text) {
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    /** The eight groups, or null if the text is not an IPv6 address. */
    private static int @Nullable [] parse(String text) {
        int gap = text.indexOf("::");
        List<Integer> before = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
        List<Integer> after = gap < 0 ? List.of() : groups(text.substring(gap + 2), true);
        if (before == null || after == null) {
            return null;
        }
        int zeros = GROUPS - before.size() - after.size();
        if (gap < 0 ? zeros != 0 : zeros < 1) {
            return null;
        }
        int[] groups = new int[GROUPS];
        for (int i = 0; i < before.size(); i++) {
            groups[i] = before.get(i);
        }
        for (int i = 0; i < after.size(); i++) {
            groups[GROUPS - after.size() + i] = after.get(i);
        }
        return groups;
    }

    /** @param last whether the text is the end of the address, where an IPv4 address may stand for two groups */
    private static @Nullable List<Integer> groups(String text, boolean last) {
        List<Integer> groups = new ArrayList<>(GROUPS);
        String[] parts = text.isEmpty() ? new String[0] : text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean isV4 = last && i == parts.length - 1 && parts[i].indexOf('.') >= 0;
            if (!(isV4 ? addV4(parts[i], groups) : addGroup(parts[i], groups))) {
                return null;
            }
        }
        return groups;
    }

    private static boolean addGroup(String text, List<Integer> groups) {
        return add(number(text, MAX_HEX, HEX), groups);
    }

    private static boolean addV4(String text, List<Integer> groups) {
        String[] bytes = text.split("\\.", -1);
        if (bytes.length != BYTES_OF_V4) {
            return false;
        }
        for (int i = 0; i < BYTES_OF_V4; i += 2) {
            int high = number(bytes[i], MAX_DIGITS, DECIMAL);
            int low = number(bytes[i + 1], MAX_DIGITS, DECIMAL);
            if (high > MAX_BYTE || low > MAX_BYTE || high < 0 || low < 0) {
                return false;
            }
            groups.add(high << Byte.SIZE | low);
        }
        return true;
    }

    private static boolean add(int group, List<Integer> groups) {
        return group >= 0 && groups.add(group);
    }

    /** Of ASCII digits only; -1 for any other text. */
    private static int number(String digits, int most, int radix) {
        int number = digits.isEmpty() || digits.length() > most ? -1 : 0;
        for (int i = 0; i < digits.length() && number >= 0; i++) {
            char c = digits.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, radix) : -1;
            number = digit < 0 ? -1 : number * radix + digit;
        }
        return number;
    }

    private static boolean isMapped(int[] groups) {
        for (int i = 0; i < FIRST_OF_V4 - 1; i++) {
            if (groups[i] != 0) {
                return false;
            }
        }
        return groups[FIRST_OF_V4 - 1] == MAPPED;
    }

    private static String v4(int[] groups) {
        StringBuilder text = new StringBuilder();
        for (int i = FIRST_OF_V4; i < GROUPS; i++) {
            text.append(text.isEmpty() ? "" : ".").append(groups[i] >> Byte.SIZE);
            text.append('.').append(groups[i] & MAX_BYTE);
        }
        return text.toString();
    }

    private static String v6(int[] groups) {
        int from = 0;
        int zeros = 1; // a single group of zero is not compressed
        for (int i = 0; i < GROUPS; i++) {
            int run = zerosAt(groups, i);
            if (run > zeros) {
                from = i;
                zeros = run;
            }
        }
        return zeros == 1
                ? hex(groups, 0, GROUPS)
                : hex(groups, 0, from) + "::" + hex(groups, from + zeros, GROUPS);
    }

    private static int zerosAt(int[] groups, int at) {
        int end = at;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - at;
    }

    private static String hex(int[] groups, int from, int to) {
        return Arrays.stream(groups, from, to).mapToObj(Integer::toHexString).collect(Collectors.joining(":"));
    }
}
