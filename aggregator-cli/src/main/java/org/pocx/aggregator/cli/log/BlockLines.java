package org.pocx.aggregator.cli.log;

import org.pocx.aggregator.statistics.history.ProbableLoss;
import org.pocx.aggregator.statistics.history.WonBlock;

/** The lines about won and lost blocks. */
final class BlockLines {
    private BlockLines() {}

    static String won(WonBlock block) {
        return "Block won: " + of(block) + ", "
                + block.finder()
                        .map(nonce -> finder(nonce.machine(), nonce.pocTime()))
                        .orElse("won with another machine or elsewhere");
    }

    static String orphaned(WonBlock block) {
        return "Block orphaned: " + of(block) + ". A fork took it back: it no longer counts as won.";
    }

    static String givenBack(WonBlock block) {
        return "Block no longer orphaned: " + of(block) + ". A fork gave it back: it counts as won again.";
    }

    static String lost(ProbableLoss loss, String upstream) {
        return "Should have won and did not: height " + Long.toUnsignedString(loss.height()) + ", account "
                + loss.accountId() + ", " + finder(loss.machine(), loss.pocTime()) + ". " + upstream
                + " confirmed the nonce, its poc_time was over, and another block came 15 s later or more. Check that the"
                + " node was not restarted, that its wallet is unlocked, that it has peers and that its clock is right.";
    }

    private static String of(WonBlock block) {
        return "height " + Long.toUnsignedString(block.height()) + ", account " + block.accountId();
    }

    private static String finder(String machine, long pocTime) {
        return "machine " + LogText.clean(machine) + ", poc_time " + Long.toUnsignedString(pocTime) + " s";
    }
}
