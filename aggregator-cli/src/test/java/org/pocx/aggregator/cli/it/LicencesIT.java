package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the licences of the libraries in the packaged program ask for: their names, texts and notices, each of them once. */
class LicencesIT {
    private static final Path PROGRAM = Path.of(System.getProperty("pocx.jar"));
    private static final Pattern NAMED = Pattern.compile(
            "(?m)^([\\w.-]+):([\\w.-]+):([\\w.-]+)\n    \\S.*\n    licence: (Apache-2.0|MIT|BSD-2-Clause)\n    address: https?://\\S+\n$");
    private static final String APACHE = "Apache License Version 2.0, January 2004 http";
    private static final String SEE_APACHE = "http://www.apache.org/licenses/LICENSE-2.0";

    private static final Map<String, String> TEXTS = new HashMap<>();
    private static List<ShadedLibrary> libraries;

    @BeforeAll
    static void open() throws IOException {
        libraries = ShadedLibrary.in(PROGRAM);
        try (ZipFile zip = new ZipFile(PROGRAM.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName();
                if (!entry.isDirectory() && !name.endsWith(".class") && !name.startsWith("org/sqlite/native/")) {
                    TEXTS.put(name, ShadedLibrary.read(zip, entry));
                }
            }
        }
    }

    @Test
    void whatIsInTheProgram_isFoundOnTheClassPath() {
        assertThat(libraries).hasSizeGreaterThan(15);
        assertThat(libraries.stream().map(library -> library.jar().getFileName().toString()))
                .anyMatch(name -> name.startsWith("sqlite-jdbc-"))
                .anyMatch(name -> name.startsWith("uplot-"))
                .noneMatch(name -> name.startsWith("junit-"));
    }

    @Test
    void eachLibrary_isNamedWithVersionLicenceAndAddress_andNoOther() {
        List<MatchResult> named =
                NAMED.matcher(TEXTS.get("META-INF/THIRD-PARTY.txt")).results().toList();

        assertThat(libraries).allSatisfy(library -> assertThat(named)
                .anyMatch(name -> library.isNamed(name.group(1), name.group(2), name.group(3))));
        assertThat(named).hasSameSizeAs(libraries);
    }

    @Test
    void whatALibraryBringsAsLicenceOrNotice_isThere() {
        String kept = ShadedLibrary.words(String.join(" ", TEXTS.values()));
        List<String> lost = new ArrayList<>();
        for (ShadedLibrary library : libraries) {
            library.legal().forEach((name, text) -> {
                if (!text.startsWith(APACHE) && !isHintAtApache(text) && !kept.contains(text)) {
                    lost.add(library.jar().getFileName() + "!" + name);
                }
            });
        }

        assertThat(lost).isEmpty();
    }

    @Test
    void apacheLicence_isThereOnce() {
        assertThat(TEXTS.entrySet().stream()
                .filter(text -> text.getValue()
                        .contains("TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION"))
                .map(Map.Entry::getKey)).containsExactly("META-INF/licenses/Apache-2.0.txt");
        assertThat(ShadedLibrary.words(TEXTS.get("META-INF/licenses/Apache-2.0.txt"))).startsWith(APACHE);
    }

    @Test
    void notices_areEachThereOnce() {
        String notice = ShadedLibrary.words(TEXTS.get("META-INF/NOTICE"));

        assertThat(libraries.stream()
                .flatMap(library -> library.legal().entrySet().stream())
                .filter(text -> text.getKey().startsWith("META-INF/NOTICE"))
                .map(Map.Entry::getValue)).isNotEmpty().allSatisfy(text -> assertThat(notice).containsOnlyOnce(text));
    }

    @Test
    void ownLicence_isTheProjects() throws IOException {
        assertThat(TEXTS.get("META-INF/LICENSE")).isEqualTo(Files.readString(Path.of("..", "LICENSE")));
    }

    private static boolean isHintAtApache(String text) {
        return text.endsWith(SEE_APACHE) && text.length() < 500;
    }
}
