package org.pocx.aggregator.jdbc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.pocx.aggregator.statistics.history.HistoryPage;

/** The conditions of a query for a page of rows as SQL. The query has one condition already: {@code id < ?}. */
public final class PageConditions {
    private final HistoryPage page;
    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    public PageConditions(HistoryPage page) {
        this.page = page;
        values.add(page.before());
    }

    public void add(String condition, Object value) {
        text.append(" AND ").append(condition);
        values.add(value);
    }

    public void addAny(String column, List<String> any) {
        String places = String.join(", ", Collections.nCopies(any.size(), "?"));
        text.append(" AND ").append(column).append(" IN (").append(places).append(')');
        values.addAll(any);
    }

    /** Returns the end of the statement. */
    public String text() {
        return text + " ORDER BY id DESC LIMIT ? OFFSET ?";
    }

    public Object[] values() {
        List<Object> all = new ArrayList<>(values);
        all.add(page.limit());
        all.add(page.offset());
        return all.toArray();
    }
}
