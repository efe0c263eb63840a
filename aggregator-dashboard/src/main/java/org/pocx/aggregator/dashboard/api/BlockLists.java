package org.pocx.aggregator.dashboard.api;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pocx.aggregator.dashboard.http.Content;
import org.pocx.aggregator.dashboard.http.Query;
import org.pocx.aggregator.dashboard.json.BlockJson;
import org.pocx.aggregator.dashboard.json.JsonWriter;
import org.pocx.aggregator.statistics.BlockLuck;
import org.pocx.aggregator.statistics.LuckReport;
import org.pocx.aggregator.statistics.history.BlockQuery;
import org.pocx.aggregator.statistics.history.FarmHistory;
import org.pocx.aggregator.statistics.history.HistoryPage;
import org.pocx.aggregator.statistics.history.HistoryRow;
import org.pocx.aggregator.statistics.history.LuckSubject;
import org.pocx.aggregator.statistics.history.ProbableLoss;
import org.pocx.aggregator.statistics.history.WonBlock;

/** Won blocks, probable losses and luck: of the farm, of one account or of one machine. Thread-safe. */
final class BlockLists {
    private static final int LOSSES = 100;

    /** Who won most comes first, then who should have. */
    private static final Comparator<LuckReport> BY_WINS = Comparator.comparingLong(
            (LuckReport report) -> report.all().won())
            .thenComparingDouble(report -> report.all().expected())
            .reversed()
            .thenComparing(report -> report.subject().id());

    private enum Group {
        MACHINE(LuckSubject.Kind.MACHINE, "machineId"),
        ACCOUNT(LuckSubject.Kind.ACCOUNT, "accountId");

        private final LuckSubject.Kind kind;
        private final String idName;

        Group(LuckSubject.Kind kind, String idName) {
            this.kind = kind;
            this.idName = idName;
        }
    }

    private final FarmHistory history;
    private final BlockLuck luck;

    BlockLists(FarmHistory history, BlockLuck luck) {
        this.history = history;
        this.luck = luck;
    }

    Content blocks(Query query) {
        query.allow("limit", "offset", "before", "account", "machine");
        HistoryPage page = Paging.ofHistory(query);
        LuckSubject subject = subject(query);
        List<HistoryRow<WonBlock>> rows = history.wonBlocks(new BlockQuery(page, subject));
        List<ProbableLoss> losses = history.probableLosses(LOSSES);
        return Content.json(JsonWriter.render(out -> {
            out.objects("blocks", rows, row -> BlockJson.win(out, row.value()));
            if (rows.size() < page.limit()) {
                out.none("next");
            } else {
                out.number("next", rows.getLast().id());
            }
            out.object("luck", () -> BlockJson.luck(out, luck.of(subject)));
            out.number("unseenBlocks", luck.unseenBlocks());
            out.objects(
                    "probableLosses",
                    losses.stream().filter(loss -> concerns(loss, subject)).toList(),
                    loss -> BlockJson.loss(out, loss));
        }));
    }

    private static LuckSubject subject(Query query) {
        query.exclude("account", "machine");
        Optional<String> account =
                query.matching("account", HistoryLists.ACCOUNT, HistoryLists.ACCOUNT_IN_WORDS).map(Query::lower);
        Optional<String> machine = FarmLists.machine(query);
        return account.map(LuckSubject::account)
                .or(() -> machine.map(LuckSubject::machine))
                .orElse(LuckSubject.FARM);
    }

    private static boolean concerns(ProbableLoss loss, LuckSubject subject) {
        return switch (subject.kind()) {
            case FARM -> true;
            case ACCOUNT -> loss.accountId().equals(subject.id());
            case MACHINE -> loss.machine().equals(subject.id());
        };
    }

    Content luck(Query query) {
        query.allow("limit", "offset", "by");
        Group group = query.oneOf(
                "by", List.of(Group.values()), known -> known.name().toLowerCase(Locale.ROOT))
                .orElse(Group.MACHINE);
        List<LuckReport> rows =
                luck.all(group.kind).stream().sorted(BY_WINS).toList();
        return Paging.now(query, rows, out -> {}, (out, report) -> {
            out.text(group.idName, report.subject().id());
            BlockJson.luck(out, report);
        });
    }
}
