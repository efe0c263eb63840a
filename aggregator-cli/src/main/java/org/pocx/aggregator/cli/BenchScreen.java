package org.pocx.aggregator.cli;

import java.time.Duration;
import java.util.List;
import org.pocx.aggregator.bench.BenchListener;
import org.pocx.aggregator.bench.BenchTable;
import org.pocx.aggregator.bench.Row;

/** Shows the progress and the rows of a running benchmark, and collects the rows. For one thread. */
final class BenchScreen implements BenchListener {
    private final BenchTable table;
    private final BenchProgress progress;
    private final List<Row> rows;

    BenchScreen(BenchTable table, BenchProgress progress, List<Row> rows) {
        this.table = table;
        this.progress = progress;
        this.rows = rows;
    }

    @Override
    public void begins(String title, Duration before, Duration planned, Duration whole) {
        progress.begin(title, before, planned, whole);
    }

    @Override
    public void row(Row row) {
        rows.add(row);
        progress.around(() -> table.row(row));
    }
}
