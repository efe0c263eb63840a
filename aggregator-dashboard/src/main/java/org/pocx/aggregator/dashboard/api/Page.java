package org.pocx.aggregator.dashboard.api;

import java.util.List;
import java.util.function.Consumer;
import org.pocx.aggregator.dashboard.http.Content;
import org.pocx.aggregator.dashboard.http.Query;
import org.pocx.aggregator.dashboard.json.Json;
import org.pocx.aggregator.statistics.history.HistoryPage;

/** Which part of a list is asked for, and how a part of a list is answered. */
final class Page {
    static final int DEFAULT_LIMIT = 100;

    /** The lists of the farm as it is now come whole where they are wanted: a page of rows that move is of little use. */
    static final int MAX_NOW = 5_000;

    private Page() {}

    /** Of a list that begins with the newest; takes limit, offset and before. */
    static HistoryPage ofHistory(Query query) {
        return new HistoryPage(
                query.number("before", Long.MAX_VALUE, 1, Long.MAX_VALUE),
                (int) query.number("offset", 0, 0, HistoryPage.MAX_OFFSET),
                (int) query.number("limit", DEFAULT_LIMIT, 1, HistoryPage.MAX_LIMIT));
    }

    /**
     * Rows of the past.
     *
     * @param lastId of the last row, meaningless when there is none
     */
    static <T> Content past(HistoryPage page, List<T> rows, long lastId, Rows<T> writer) {
        return Content.json(Json.render(out -> {
            out.objects("items", rows, row -> writer.write(out, row));
            out.number("limit", page.limit());
            out.number("offset", page.offset());
            if (rows.size() < page.limit()) {
                out.none("nextBefore");
            } else {
                out.number("nextBefore", lastId);
            }
        }));
    }

    /** Rows of the farm as it is now; takes limit and offset. */
    static <T> Content now(Query query, List<T> all, Consumer<Json> more, Rows<T> writer) {
        int limit = (int) query.number("limit", DEFAULT_LIMIT, 1, MAX_NOW);
        int offset = (int) query.number("offset", 0, 0, HistoryPage.MAX_OFFSET);
        List<T> rows = all.stream().skip(offset).limit(limit).toList();
        return Content.json(Json.render(out -> {
            out.objects("items", rows, row -> writer.write(out, row));
            out.number("limit", limit);
            out.number("offset", offset);
            out.number("total", all.size());
            more.accept(out);
        }));
    }

    /** Writes the members of a row. */
    interface Rows<T> {
        void write(Json out, T row);
    }
}
