package org.pocx.aggregator.cli.it;

/**
 * One look at the program. Sizes are in bytes.
 *
 * @param seconds since the soak began
 * @param heap of objects that are alive, by a full collection
 * @param rss what it has of the machine's memory
 * @param threads of the platform; virtual ones show in the heap
 * @param descriptors that are open
 * @param unconnected those of them that are no connection with a peer at its other end: files, and what was forgotten
 * @param database the file and its write-ahead log
 * @param log the write-ahead log alone
 * @param used by pages of the database that hold something
 * @param outbox rows there
 * @param machines that the program knows
 * @param accounts that it knows
 * @param load of the computer, the average of a minute
 */
record SoakSample(
        long seconds,
        long heap,
        long rss,
        long threads,
        long descriptors,
        long unconnected,
        long database,
        long log,
        long used,
        long outbox,
        long machines,
        long accounts,
        double load) {

    private static final double MIB = 1 << 20;

    static final String HEADER =
            "   s  heap MiB   RSS MiB  threads  descr.  unconn.  db+wal MiB  wal MiB  used MiB  outbox  machines  accounts  load%n"
                    .formatted();

    @Override
    public String toString() {
        return "%4d  %8.1f  %8.1f  %7d  %6d  %7d  %10.1f  %7.1f  %8.1f  %6d  %8d  %8d  %4.1f%n"
                .formatted(
                        seconds,
                        heap / MIB,
                        rss / MIB,
                        threads,
                        descriptors,
                        unconnected,
                        database / MIB,
                        log / MIB,
                        used / MIB,
                        outbox,
                        machines,
                        accounts,
                        load);
    }
}
