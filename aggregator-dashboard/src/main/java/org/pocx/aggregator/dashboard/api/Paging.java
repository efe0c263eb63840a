package org.pocx.aggregator.dashboard.api;

import java.util.List;
import java.util.function.Consumer;
import org.pocx.aggregator.dashboard.http.Content;
import org.pocx.aggregator.dashboard.http.Query;
import org.pocx.aggregator.dashboard.json.JsonWriter;
import org.pocx.aggregator.statistics.history.HistoryPage;

/** Reads the paging parameters of list requests, and writes the pages. */
final class Paging {
    static final int DEFAULT_LIMIT = 100;

    /** Lists of the current state can be read as a whole, because pages of changing rows are of little use. */
    static final int MAX_NOW = 5_000;

    private Paging() {}

    /** Reads the page of a history list from limit, offset and before. */
    static HistoryPage ofHistory(Query query) {
        return new HistoryPage(
                query.number("before", Long.MAX_VALUE, 1, Long.MAX_VALUE),
                (int) query.number("offset", 0, 0, HistoryPage.MAX_OFFSET),
                (int) query.number("limit", DEFAULT_LIMIT, 1, HistoryPage.MAX_LIMIT));
    }

    /**
     * Writes a page of past rows.
     *
     * @param lastId the id of the last row; ignored if there are no rows
     */
    static <T> Content past(HistoryPage page, List<T> rows, long lastId, Rows<T> writer) {
        return Content.json(JsonWriter.render(out -> {
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

    /** Writes a page of the current rows, selected by limit and offset. */
    static <T> Content now(Query query, List<T> all, Consumer<JsonWriter> more, Rows<T> writer) {
        int limit = (int) query.number("limit", DEFAULT_LIMIT, 1, MAX_NOW);
        int offset = (int) query.number("offset", 0, 0, HistoryPage.MAX_OFFSET);
        List<T> rows = all.stream().skip(offset).limit(limit).toList();
        return Content.json(JsonWriter.render(out -> {
            out.objects("items", rows, row -> writer.write(out, row));
            out.number("limit", limit);
            out.number("offset", offset);
            out.number("total", all.size());
            more.accept(out);
        }));
    }

    /** Writes the members of a row. */
    interface Rows<T> {
        void write(JsonWriter out, T row);
    }
}
