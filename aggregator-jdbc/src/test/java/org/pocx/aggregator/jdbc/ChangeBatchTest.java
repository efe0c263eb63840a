package org.pocx.aggregator.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeBatchTest {
    private final ChangeBatch batch = new ChangeBatch();

    private List<String> taken() {
        return batch.takeAll().stream()
                .map(step -> step.statement() + step.arguments().stream().map(List::of).toList())
                .toList();
    }

    private void add(String row, String statement) {
        batch.add(row, statement, new Object[] {row});
    }

    @Test
    void changesOfDifferentRows_areGroupedByStatement() {
        add("1", "put");
        add("2", "remove");
        add("3", "put");

        assertThat(taken()).containsExactly("put[[1], [3]]", "remove[[2]]");
        assertThat(taken()).isEmpty();
    }

    @Test
    void changesOfOneRow_keepTheirOrder() {
        add("1", "put");
        add("1", "put");
        add("1", "remove");
        add("2", "put");
        add("1", "put");
        add("2", "remove");

        assertThat(taken()).containsExactly("put[[1], [1], [2]]", "remove[[1], [2]]", "put[[1]]");
    }
}
