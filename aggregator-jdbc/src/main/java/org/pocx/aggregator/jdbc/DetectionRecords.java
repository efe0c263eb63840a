package org.pocx.aggregator.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Consumer;
import org.pocx.aggregator.statistics.history.CapacityHour;
import org.pocx.aggregator.statistics.history.DetectorState;

/** Writes and reads the states of the detectors, and the capacity of each machine in each hour. */
final class DetectionRecords {
    private static final long SECONDS_PER_HOUR = 3_600;

    private static final String PUT_DETECTOR =
            """
            INSERT INTO pocx_detectors (kind, subject, at, text) VALUES (?, ?, ?, ?)
            ON CONFLICT (kind, subject) DO UPDATE SET at = excluded.at, text = excluded.text""";

    private static final String PUT_HOUR =
            """
            INSERT INTO pocx_machine_hours (machine, hour, rounds, found, tib) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (machine, hour)
            DO UPDATE SET rounds = excluded.rounds, found = excluded.found, tib = excluded.tib""";

    private final Sql sql;

    DetectionRecords(Sql sql) {
        this.sql = sql;
    }

    void put(DetectorState state) throws SQLException {
        sql.update(PUT_DETECTOR, state.kind(), state.subject(), SqlValues.nanos(state.at()), state.text());
    }

    void put(CapacityHour hour) throws SQLException {
        sql.update(PUT_HOUR, hour.machine(), hours(hour.hour()), hour.rounds(), hour.found(), hour.tib());
    }

    /** The hours since 1970. */
    static long hours(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), SECONDS_PER_HOUR);
    }

    void readDetectors(Consumer<DetectorState> reader) throws SQLException {
        try (ResultSet rows = sql.query("SELECT kind, subject, at, text FROM pocx_detectors")) {
            while (rows.next()) {
                reader.accept(new DetectorState(
                        rows.getString(1), rows.getString(2), SqlValues.instant(rows.getLong(3)), rows.getString(4)));
            }
        }
    }

    void readHours(String machine, Instant from, Consumer<CapacityHour> reader) throws SQLException {
        boolean isWhole = from.getEpochSecond() % SECONDS_PER_HOUR == 0 && from.getNano() == 0;
        try (ResultSet rows = sql.query(
                "SELECT hour, rounds, found, tib FROM pocx_machine_hours WHERE machine = ? AND hour >= ? ORDER BY hour",
                machine,
                hours(from) + (isWhole ? 0 : 1))) {
            while (rows.next()) {
                reader.accept(new CapacityHour(
                        machine,
                        Instant.ofEpochSecond(rows.getLong(1) * SECONDS_PER_HOUR),
                        rows.getInt(2),
                        rows.getInt(3),
                        rows.getDouble(4)));
            }
        }
    }
}
