package org.pocx.aggregator.statistics.detection;

/**
 * Whether two ids, each an address or {@code address/name}, can be the same machine: they differ only in their names, in
 * the family of their addresses (IPv4, IPv6), or in a proxy between the machine and the aggregator.
 */
final class SameMachine {
    private SameMachine() {}

    static boolean is(String idA, String idB) {
        String addressA = address(idA);
        String addressB = address(idB);
        String nameA = name(idA);
        String nameB = name(idB);
        if (addressA.equals(addressB)) {
            return true;
        }
        if (nameA.equals(nameB)) {
            return !nameA.isEmpty() || isIpv6(addressA) != isIpv6(addressB);
        }
        // An aggregator between them sends the id of the machine as its name.
        return address(nameA).equals(addressB)
                || address(nameB).equals(addressA)
                || (!nameA.isEmpty() && nameA.equals(name(nameB)))
                || (!nameB.isEmpty() && nameB.equals(name(nameA)));
    }

    private static String address(String id) {
        int slash = id.indexOf('/');
        return slash < 0 ? id : id.substring(0, slash);
    }

    private static String name(String id) {
        int slash = id.indexOf('/');
        return slash < 0 ? "" : id.substring(slash + 1);
    }

    private static boolean isIpv6(String address) {
        return address.indexOf(':') >= 0;
    }
}
