package org.pocx.aggregator.dashboard.api;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.core.store.Verdict.Outcome;
import org.pocx.aggregator.dashboard.http.Content;
import org.pocx.aggregator.dashboard.http.Query;
import org.pocx.aggregator.dashboard.json.FarmJson;
import org.pocx.aggregator.dashboard.json.JsonNames;
import org.pocx.aggregator.dashboard.json.JsonWriter;
import org.pocx.aggregator.statistics.history.EventQuery;
import org.pocx.aggregator.statistics.history.FarmEvent;
import org.pocx.aggregator.statistics.history.FarmHistory;
import org.pocx.aggregator.statistics.history.HistoryPage;
import org.pocx.aggregator.statistics.history.HistoryRow;
import org.pocx.aggregator.statistics.history.RoundRecord;
import org.pocx.aggregator.statistics.history.SubmissionQuery;
import org.pocx.aggregator.statistics.history.SubmissionRecord;

/** Past rounds, submissions and events, newest first. Thread-safe. */
final class HistoryLists {
    static final Pattern ACCOUNT = Pattern.compile("[0-9a-fA-F]{40}");
    static final String ACCOUNT_IN_WORDS = "an account id, 40 hexadecimal characters";

    private static final Duration EVENTS_KEPT = Duration.ofDays(1);

    private final FarmHistory history;
    private final PocTime pocTime;
    private final InstantSource clock;

    HistoryLists(FarmHistory history, Duration blockTime, InstantSource clock) {
        this.history = history;
        this.pocTime = PocTime.forBlockTime(blockTime.toSeconds());
        this.clock = clock;
    }

    Content rounds(Query query) {
        query.allow("limit", "offset", "before");
        HistoryPage page = Paging.ofHistory(query);
        List<HistoryRow<RoundRecord>> rows = history.rounds(page);
        return Paging.past(page, rows, lastId(rows), HistoryLists::round);
    }

    private static <T> long lastId(List<HistoryRow<T>> rows) {
        return rows.isEmpty() ? 0 : rows.getLast().id();
    }

    private static void round(JsonWriter out, HistoryRow<RoundRecord> row) {
        RoundRecord round = row.value();
        out.number("id", row.id());
        out.unsigned("height", round.height());
        out.text("blockHash", round.blockHash());
        out.unsigned("baseTarget", round.baseTarget());
        out.time("begunAt", round.begunAt());
        out.time("until", round.until());
        out.object("best", round.best(), best -> {
            out.unsigned("rawQuality", best.rawQuality());
            out.unsigned("pocTime", best.pocTime());
            out.text("accountId", best.accountId());
            out.text("machineId", best.machine());
            out.text("fate", JsonNames.of(best.outcome()));
        });
        FarmJson.counts(out, round.counts());
        out.finite("capacityTib", round.capacityTib());
        out.number("activeMachines", round.activeMachines());
    }

    Content submissions(Query query) {
        query.allow("limit", "offset", "before", "account", "machine", "height", "outcome");
        HistoryPage page = Paging.ofHistory(query);
        SubmissionQuery.Builder wanted = SubmissionQuery.builder(page);
        query.matching("account", ACCOUNT, ACCOUNT_IN_WORDS).map(Query::lower).ifPresent(wanted::accountId);
        query.text("machine").ifPresent(wanted::machine);
        query.unsigned("height").ifPresent(wanted::height);
        query.oneOf("outcome", List.of(Outcome.values()), JsonNames::of).ifPresent(wanted::outcome);
        List<HistoryRow<SubmissionRecord>> rows = history.submissions(wanted.build());
        return Paging.past(page, rows, lastId(rows), this::submission);
    }

    private void submission(JsonWriter out, HistoryRow<SubmissionRecord> row) {
        SubmissionRecord submission = row.value();
        out.number("id", row.id());
        out.time("at", submission.at());
        out.text("machineId", submission.machine());
        out.text("accountId", submission.accountId());
        out.unsigned("height", submission.height());
        out.unsigned("rawQuality", submission.rawQuality());
        out.object("verdict", submission.ending(), ending -> {
            out.text("outcome", JsonNames.of(ending.outcome()));
            out.time("at", ending.at());
            out.unsigned("pocTime", pocTime.seconds(submission.rawQuality(), ending.baseTarget()));
            out.number("code", code(ending.message().reference()));
            out.text("words", ending.message().text());
        });
    }

    /** The upstream's error code; 0 where there is none, or it is not a number. */
    private static long code(String reference) {
        try {
            return Long.parseLong(reference);
        } catch (NumberFormatException noCode) {
            return 0;
        }
    }

    Content events(Query query) {
        query.allow("limit", "offset", "before", "after", "kind");
        EventQuery wanted = new EventQuery(
                Paging.ofHistory(query),
                query.number("after", 0, 0, Long.MAX_VALUE),
                clock.instant().minus(EVENTS_KEPT),
                Set.copyOf(query.someOf("kind", List.of(FarmEvent.Kind.values()), JsonNames::of)));
        List<FarmEvent> rows = history.events(wanted);
        return Paging.past(wanted.page(), rows, rows.isEmpty() ? 0 : rows.getLast().id(), FarmJson::event);
    }
}
