package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What wrk printed.
 *
 * @param rate answers a second
 * @param p50 milliseconds
 * @param p99 milliseconds
 * @param failed answers of another status than 2xx and 3xx, and errors of sockets
 */
record WrkRun(double rate, double p50, double p99, long failed) {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern STATUS = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern SOCKETS =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

    /** @throws IOException when that is not how wrk tells its results */
    static WrkRun parse(String printed) throws IOException {
        Matcher rate = RATE.matcher(printed);
        if (!rate.find()) {
            throw new IOException("wrk did not do its work; it printed:\n" + printed.strip());
        }
        return new WrkRun(
                Double.parseDouble(rate.group(1)),
                percentile(printed, "50"),
                percentile(printed, "99"),
                sum(STATUS.matcher(printed)) + sum(SOCKETS.matcher(printed)));
    }

    private static double percentile(String printed, String percent) {
        Matcher found =
                Pattern.compile("(?m)^\\s*" + percent + "%\\s+([0-9.]+)(us|ms|s|m)\\s*$").matcher(printed);
        return found.find() ? Double.parseDouble(found.group(1)) * millis(found.group(2)) : Double.NaN;
    }

    private static double millis(String unit) {
        return switch (unit) {
            case "us" -> 1e-3;
            case "ms" -> 1;
            case "s" -> 1e3;
            default -> 6e4;
        };
    }

    private static long sum(Matcher found) {
        long sum = 0;
        if (found.find()) {
            for (int i = 1; i <= found.groupCount(); i++) {
                sum += Long.parseLong(found.group(i));
            }
        }
        return sum;
    }

    Figures figures(double rss) {
        return new Figures(rate, p50, p99, Double.NaN, Double.NaN, rss);
    }
}
