package org.pocx.aggregator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SighupHandlerTest {
    private final List<String> done = new ArrayList<>();
    private final SighupHandler handler = new SighupHandler(() -> done.add("log"));

    @Test
    void signalWhileRunning_reopensTheLogAndReloads() {
        handler.reloadBy(() -> done.add("configuration"));
        assertThat(done).isEmpty();
        handler.run();
        handler.run();
        assertThat(done).containsExactly("log", "configuration", "log", "configuration");
    }

    @Test
    void signalsDuringTheStart_causeOneReload() {
        handler.run();
        handler.run();
        assertThat(done).containsExactly("log", "log");
        handler.reloadBy(() -> done.add("configuration"));
        assertThat(done).containsExactly("log", "log", "configuration");
    }
}
