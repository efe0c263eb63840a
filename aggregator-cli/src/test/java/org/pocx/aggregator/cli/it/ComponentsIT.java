package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The list of components (SBOM) beside the packaged program, and in it, names what the program is made of. */
class ComponentsIT {
    private static final Path PROGRAM = Path.of(System.getProperty("pocx.jar"));
    private static final Path LIST = PROGRAM.resolveSibling("pocx-aggregator.cdx.json");

    private static JsonNode list;

    @BeforeAll
    static void read() throws IOException {
        if ("offline=true".equals(System.getProperty("pocx.maven"))) {
            assumeThat(LIST).as("a list of components, which Maven makes only when it may ask the network").exists();
        }
        list = new ObjectMapper().readTree(LIST.toFile());
    }

    @Test
    void eachLibrary_isListedWithVersionAndLicence() throws IOException {
        assertThat(ShadedLibrary.in(PROGRAM)).isNotEmpty().allSatisfy(library -> assertThat(list.get("components"))
                .anyMatch(one -> library.isNamed(word(one, "group"), word(one, "name"), word(one, "version"))
                        && !licenceOf(one).isEmpty()));
    }

    @Test
    void list_isAboutTheProgram_andTheSameForTheSameSources() throws IOException {
        JsonNode subject = list.at("/metadata/component");
        try (JarFile jar = new JarFile(PROGRAM.toFile())) {
            assertThat(word(subject, "version"))
                    .isEqualTo(jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION));
        }
        assertThat(word(subject, "name")).isEqualTo("aggregator-cli");
        assertThat(word(subject, "type")).isEqualTo("application");
        assertThat(list.has("serialNumber")).isFalse();
        assertThat(list.at("/metadata").has("timestamp")).isFalse();
    }

    @Test
    void list_isInTheProgramToo_whereItsManifestSays() throws IOException {
        try (JarFile jar = new JarFile(PROGRAM.toFile())) {
            String place = jar.getManifest().getMainAttributes().getValue("Sbom-Location");

            assertThat(jar.getInputStream(jar.getEntry(place)).readAllBytes()).isEqualTo(Files.readAllBytes(LIST));
        }
    }

    private static String word(JsonNode node, String field) {
        return node.path(field).asText();
    }

    /** By its SPDX id, or by the name that the library gives it. */
    private static String licenceOf(JsonNode component) {
        JsonNode licence = component.at("/licenses/0/license");
        return word(licence, "id") + word(licence, "name");
    }
}
