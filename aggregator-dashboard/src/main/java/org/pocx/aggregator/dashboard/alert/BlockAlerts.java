package org.pocx.aggregator.dashboard.alert;

import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.statistics.MachineDirectory;
import org.pocx.aggregator.statistics.history.WonBlock;

/** The alerts about won blocks. Stateless except for the names of machines. */
final class BlockAlerts {
    private final MachineDirectory directory;

    BlockAlerts(MachineDirectory directory) {
        this.directory = directory;
    }

    Alert won(WonBlock block, Instant now) {
        String finder = block.finder()
                .map(nonce -> "machine " + machine(nonce).text() + ", poc_time "
                        + Long.toUnsignedString(nonce.pocTime()) + " s")
                .orElse("won with another machine or elsewhere");
        return new Alert(
                Alert.Kind.BLOCK_WON,
                now,
                "Block won: height " + Long.toUnsignedString(block.height()) + ", account " + block.accountId() + ", "
                        + finder + ".",
                details(block));
    }

    Alert forked(WonBlock block, Instant now) {
        String what = block.orphaned()
                ? ". A fork took it back: it no longer counts as won."
                : ". A fork gave it back: it counts as won again.";
        return new Alert(
                block.orphaned() ? Alert.Kind.BLOCK_ORPHANED : Alert.Kind.BLOCK_WON,
                now,
                (block.orphaned() ? "Block orphaned" : "Block won") + ": height "
                        + Long.toUnsignedString(block.height()) + ", account " + block.accountId() + what,
                details(block));
    }

    private Map<String, Object> details(WonBlock block) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("height", u64(block.height()));
        details.put("account", block.accountId());
        block.finder().ifPresent(nonce -> {
            details.putAll(machine(nonce).details());
            details.put("pocTime", u64(nonce.pocTime()));
        });
        return details;
    }

    private AlertedMachine machine(WonBlock.Finder nonce) {
        return AlertedMachine.of(MinerId.ofId(nonce.machine()), directory);
    }

    private static BigInteger u64(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }
}
