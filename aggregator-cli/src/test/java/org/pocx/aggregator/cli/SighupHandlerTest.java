package org.pocx.aggregator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SighupHandlerTest {
    private final List<String> done = new ArrayList<>();
    private final SighupHandler hangUp = new SighupHandler(() -> done.add("log"));

    @Test
    void signalOfARunningProgram_opensTheLogAndReadsTheConfiguration() {
        hangUp.reloadBy(() -> done.add("configuration"));
        assertThat(done).isEmpty();
        hangUp.run();
        hangUp.run();
        assertThat(done).containsExactly("log", "configuration", "log", "configuration");
    }

    @Test
    void signalsWhileItStarts_areMadeUpForOnce() {
        hangUp.run();
        hangUp.run();
        assertThat(done).containsExactly("log", "log");
        hangUp.reloadBy(() -> done.add("configuration"));
        assertThat(done).containsExactly("log", "log", "configuration");
    }
}
