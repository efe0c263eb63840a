package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Deque's axe: finds what keeps people with a screen reader, a keyboard or weak eyes from using a page. */
final class Axe {
    private static final String RUN =
            """
            const done = arguments[arguments.length - 1];
            axe.run({ resultTypes: ['violations'] }).then(
              (found) => done(found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(', ')}`)),
              (problem) => done([String(problem)]));
            """;

    private final Browser browser;
    private final String script;

    private Axe(Browser browser, String script) {
        this.browser = browser;
        this.script = script;
    }

    static Axe in(Browser browser) throws IOException {
        try (InputStream script = Objects.requireNonNull(Axe.class.getResourceAsStream("/axe.min.js"), "axe.min.js")) {
            return new Axe(browser, new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Fails with the rules that the page breaks, and where. */
    void assertNoFinding() {
        browser.script(script);
        assertThat((List<?>) browser.scriptToItsEnd(RUN)).isEmpty();
    }
}
