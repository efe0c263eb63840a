package org.pocx.aggregator.http.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.http.AdmissionControl;
import org.pocx.aggregator.http.EngineLimits;
import org.pocx.aggregator.http.HttpEngine;
import org.pocx.aggregator.http.testkit.TlsIdentities;

/** This project's engine meets every requirement. */
@Timeout(180)
class EngineConformanceTest implements HttpConformance {
    @TempDir private static Path folder;

    private static ServerUnderTest server;

    @BeforeAll
    static void start() throws IOException {
        server = new ServerUnderTest(
                new HttpEngine(AdmissionControl.ADMIT_ALL, EngineLimits.DEFAULT, () -> Instant.EPOCH),
                TlsIdentities.server(TlsIdentities.keyStore(folder, "localhost", "EC")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    public ServerUnderTest server() {
        return server;
    }
}
