package org.pocx.aggregator.cli.log;

import org.pocx.aggregator.statistics.history.ProbableLoss;
import org.pocx.aggregator.statistics.history.WonBlock;

/** The lines about won and lost blocks. */
final class BlockLines {
    private BlockLines() {}

    static String won(WonBlock block) {
        return "Block won: height " + u64(block.height()) + ", account " + block.accountId() + ", "
                + block.finder().map(BlockLines::of).orElse("won with another machine or elsewhere");
    }

    private static String of(WonBlock.Finder nonce) {
        return "machine " + LogText.clean(nonce.machine()) + ", poc_time " + u64(nonce.pocTime()) + " s";
    }

    static String orphaned(WonBlock block) {
        return "Block orphaned: height " + u64(block.height()) + ", account " + block.accountId()
                + ". A fork took it back: it no longer counts as won.";
    }

    static String givenBack(WonBlock block) {
        return "Block no longer orphaned: height " + u64(block.height()) + ", account " + block.accountId()
                + ". A fork gave it back: it counts as won again.";
    }

    static String lost(ProbableLoss loss, String upstream) {
        return "Should have won and did not: height " + u64(loss.height()) + ", account " + loss.accountId()
                + ", machine " + LogText.clean(loss.machine()) + ", poc_time " + u64(loss.pocTime()) + " s. " + upstream
                + " confirmed the nonce, its poc_time was over, and another block came 15 s later or more. Check that the"
                + " node was not restarted, that its wallet is unlocked, that it has peers and that its clock is right.";
    }

    private static String u64(long value) {
        return Long.toUnsignedString(value);
    }
}
