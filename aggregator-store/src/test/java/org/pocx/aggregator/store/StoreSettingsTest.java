package org.pocx.aggregator.store;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.testkit.NullArguments;

class StoreSettingsTest {
    @Test
    void nullArgument_isRefusedByItsName() throws Exception {
        NullArguments.areRefusedBy(new StoreSettings(Path.of("test.db"), 7, Duration.ofMinutes(2)));
    }
}
