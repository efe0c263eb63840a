package org.pocx.aggregator.http.outbound;

import java.util.regex.Pattern;

/** The forms of hosts in URLs. */
final class HostNames {
    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile("(?:" + BYTE + "\\.){3}" + BYTE);

    private HostNames() {}

    /** Returns whether no name has to be resolved for the host. */
    static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || V4.matcher(host).matches();
    }

    /** Returns the host as it is written in a URL. */
    static String urlHost(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    /** Returns the host without the brackets of an IPv6 address. */
    static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
