package org.pocx.aggregator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All sources, including tests, read the date from {@code WallClock}, and those of the page from {@code now.js}. Otherwise a
 * test with another date would change only some of them.
 */
class WallClockUseTest {
    private static final Path HOME = Path.of("..");
    private static final Pattern SOURCE =
            Pattern.compile("(aggregator-[a-z]+|examples)/src/(main|test)/.+\\.(java|js)");
    private static final Set<String> CLOCKS = Set.of("WallClock.java", "now.js", "WallClockUseTest.java");

    /** Includes SQL, except for default values of columns, which the tables of the other aggregator have. */
    private static final Pattern SYSTEM_CLOCK = Pattern.compile("InstantSource(\\.|::)system|\\bClock\\.(system|tick)"
            + "|(Instant|Date|DateTime|LocalTime|OffsetTime|Year|YearMonth|MonthDay)(\\.|::)now\\b"
            + "|currentTimeMillis|new (java\\.util\\.)?(Date|GregorianCalendar)\\(\\)|Calendar\\.getInstance"
            + "|'now'|(?<!DEFAULT )CURRENT_(TIMESTAMP|DATE|TIME)\\b");

    @Test
    void noSource_usesTheSystemClock() throws IOException {
        List<Path> sources = sources();
        assertThat(sources).extracting(Path::getFileName).extracting(Path::toString)
                .contains("Aggregator.java", "PageIT.java", "events.js");

        assertThat(sources).allSatisfy(source -> assertThat(found(Files.readString(source))).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "clock = InstantSource.system();",
        "this(InstantSource::system)",
        "Clock.systemUTC()",
        "Instant.now()",
        "LocalDate.now(zone)",
        "ZonedDateTime::now",
        "System.currentTimeMillis()",
        "new Date()",
        "Date.now() - 1",
        "datetime('now')",
        "VALUES (CURRENT_TIMESTAMP)"
    })
    void systemClock_isFound(String code) {
        assertThat(found(code)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"WallClock.system()", "new Date(iso)", "Page.now(query)", "DEFAULT CURRENT_TIMESTAMP"})
    void otherCode_isNotFound(String code) {
        assertThat(found(code)).isEmpty();
    }

    private static List<String> found(String source) {
        return SYSTEM_CLOCK.matcher(source).results().map(MatchResult::group).toList();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(HOME)) {
            return files.filter(file -> SOURCE.matcher(HOME.relativize(file).toString()).matches())
                    .filter(file -> !CLOCKS.contains(file.getFileName().toString()))
                    .toList();
        }
    }
}
