package org.pocx.aggregator.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.StoreChange.VerdictGiven;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.store.Verdict.Outcome;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.jdbc.Sql;

/** The messages of verdicts in a database, also in one of an earlier version, which stored codes only. */
class VerdictColumnsTest {
    private static final int SCHEMA_WITH_CODES_ONLY = 4;

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("aggregator.db");
    }

    private static Verdict verdict(Outcome outcome, UpstreamMessage message, boolean badProof) {
        return new Verdict(
                new ReceivedNonce(Fixtures.submission(1), new MinerId("10.0.0.1"), Fixtures.NOW),
                outcome,
                Fixtures.submission(1).rawQuality(),
                message,
                badProof,
                Fixtures.NOW);
    }

    private void write(Verdict verdict) throws Exception {
        try (SqliteSubmissionStore store = SqliteSubmissionStore.open(Fixtures.settings(file))) {
            Fixtures.await(store.write(Fixtures.ANNOUNCED));
            Fixtures.await(store.write(new VerdictGiven(verdict)));
        }
    }

    private void execute(String statement) throws SQLException {
        try (Sql sql = Fixtures.otherProgram(file)) {
            sql.execute(statement);
        }
    }

    private Verdict read() {
        List<Verdict> verdicts = new ArrayList<>();
        try (SqliteSubmissionStore store = SqliteSubmissionStore.open(Fixtures.settings(file))) {
            store.readVerdicts(10, verdicts::add);
        }
        assertThat(verdicts).hasSize(1);
        return verdicts.getFirst();
    }

    @ParameterizedTest
    @CsvSource({"-26, true", "-26, false", "-5, true", "'', true", "'', false", "-9223372036854775808, false"})
    void verdict_isReadBack(String reference, boolean badProof) throws Exception {
        Verdict verdict = verdict(Outcome.REJECTED, new UpstreamMessage("bad", reference), badProof);

        write(verdict);

        assertThat(read()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"E-17", "0", "99999999999999999999"})
    void referenceThatTheColumnCannotHold_isReadBackAsNone(String reference) throws Exception {
        write(verdict(Outcome.STALE, new UpstreamMessage("late", reference), false));

        assertThat(read().message()).isEqualTo(UpstreamMessage.of("late"));
    }

    @ParameterizedTest
    @CsvSource({
        "REJECTED, -26, PoCX validation failed, true",
        "REJECTED, -32001, Invalid submission, true",
        "REJECTED, -8, Invalid seed, true",
        "REJECTED, 0, not accepted, true",
        "REJECTED, -8, Unknown named parameter block_hash, false",
        "REJECTED, -8, Parameter seed specified multiple times, false",
        "REJECTED, -1, usage, false",
        "REJECTED, -3, coinbase_outputs: wrong type, false",
        "REJECTED, -5, coinbase_outputs: invalid address, false",
        "REJECTED, -99, unknown, false",
        "STALE, -26, Block hash mismatch, false"
    })
    void verdictOfAnEarlierVersion_isBadByItsCode(Outcome outcome, String code, String text, boolean bad)
            throws Exception {
        write(verdict(outcome, new UpstreamMessage(text, code), false));
        execute("UPDATE pocx_outcomes SET bad_proof = NULL");

        assertThat(read().isBad()).isEqualTo(bad);
    }

    @Test
    void databaseOfAnEarlierSchema_keepsItsVerdicts() throws Exception {
        try (Sql sql = Fixtures.otherProgram(file)) {
            Schema.migrate(sql, Schema.MIGRATIONS.subList(0, SCHEMA_WITH_CODES_ONLY));
            sql.execute(
                    """
                    INSERT INTO pocx_outcomes (block_hash, account_id, seed, nonce, compression, height,
                    generation_signature, base_target, raw_quality, coinbase_outputs, machine, label, received_at,
                    outcome, confirmed_raw_quality, code, message, at)
                    VALUES (zeroblob(32), zeroblob(20), zeroblob(32), 1, 1, 7,
                    zeroblob(32), 1000, 5, '', '10.0.0.1', '', 0,
                    'REJECTED', 0, -26, 'PoCX validation failed', 0)""");
        }

        Verdict verdict = read();

        assertThat(verdict.message()).isEqualTo(new UpstreamMessage("PoCX validation failed", "-26"));
        assertThat(verdict.isBad()).isTrue();
    }
}
