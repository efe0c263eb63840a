package org.pocx.aggregator.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.pocx.aggregator.core.store.Verdict.Outcome;
import org.pocx.aggregator.core.upstream.UpstreamMessage;

/** The columns {@code code}, {@code message} and {@code bad_proof} of {@code pocx_outcomes}. */
final class VerdictColumns {
    /** The JSON-RPC error codes that are about a proof; 0 is a rejection without a code. */
    private static final Set<Long> PROOF_CODES = Set.of(0L, -8L, -26L, -32001L);

    /** What a node of another version answers. Earlier versions of this program took it for a rejection. */
    private static final List<String> PARAMETER_NAMES = List.of("unknown named parameter", "specified multiple times");

    private VerdictColumns() {}

    /** The number to store for a message: its reference, or 0 when that is not a number. */
    static long code(UpstreamMessage message) {
        try {
            return Long.parseLong(message.reference());
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    static UpstreamMessage message(ResultSet row) throws SQLException {
        long code = row.getLong("code");
        return new UpstreamMessage(row.getString("message"), code == 0 ? "" : Long.toString(code));
    }

    static boolean isBadProof(ResultSet row) throws SQLException {
        if (!Outcome.REJECTED.name().equals(row.getString("outcome"))) {
            return false;
        }
        boolean isBadProof = row.getInt("bad_proof") != 0;
        return row.wasNull() ? isBadProof(row.getLong("code"), row.getString("message")) : isBadProof;
    }

    /** Whether a rejection was about the proof, in a row of a version that did not store that. */
    private static boolean isBadProof(long code, String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        return PROOF_CODES.contains(code) && PARAMETER_NAMES.stream().noneMatch(lower::contains);
    }
}
