package org.pocx.aggregator.cli.log;

import org.pocx.aggregator.statistics.MachineDirectory;
import org.pocx.aggregator.statistics.history.ProbableLoss;
import org.pocx.aggregator.statistics.history.WonBlock;

/** The lines about won and lost blocks. Stateless except for the names of machines. */
final class BlockLines {
    private final MachineDirectory directory;

    BlockLines(MachineDirectory directory) {
        this.directory = directory;
    }

    String won(WonBlock block) {
        return "Block won: height " + u64(block.height()) + ", account " + block.accountId() + ", "
                + block.finder().map(this::of).orElse("won with another machine or elsewhere");
    }

    private String of(WonBlock.Finder nonce) {
        return "machine " + machine(nonce.machine()) + ", poc_time " + u64(nonce.pocTime()) + " s";
    }

    String orphaned(WonBlock block) {
        return "Block orphaned: height " + u64(block.height()) + ", account " + block.accountId()
                + ". A fork took it back: it no longer counts as won.";
    }

    String givenBack(WonBlock block) {
        return "Block no longer orphaned: height " + u64(block.height()) + ", account " + block.accountId()
                + ". A fork gave it back: it counts as won again.";
    }

    String lost(ProbableLoss loss, String upstream) {
        return "Should have won and did not: height " + u64(loss.height()) + ", account " + loss.accountId()
                + ", machine " + machine(loss.machine()) + ", poc_time " + u64(loss.pocTime()) + " s. " + upstream
                + " confirmed the nonce, its poc_time was over, and another block came 15 s later or more. Check that the"
                + " node was not restarted, that its wallet is unlocked, that it has peers and that its clock is right.";
    }

    private String machine(String id) {
        return LogText.clean(directory.label(id));
    }

    private static String u64(long value) {
        return Long.toUnsignedString(value);
    }
}
