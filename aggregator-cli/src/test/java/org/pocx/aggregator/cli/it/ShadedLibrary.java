package org.pocx.aggregator.cli.it;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A library that is in the packaged program, as no list tells it but the program itself: a jar of the class path whose classes,
 * or whose scripts, are found there.
 *
 * @param jar where it lies in Maven's repository
 * @param legal its licences and notices: what is said in each, by the name of the file
 */
record ShadedLibrary(Path jar, Map<String, String> legal) {
    private static final Pattern LEGAL = Pattern.compile("(?i)(.*[/.-])?(licen[cs]e|notice|copying)s?([.-][a-z]+)?");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** {@return those in the program, in the order of the class path} */
    static List<ShadedLibrary> in(Path program) throws IOException {
        Set<String> pieces;
        try (ZipFile zip = new ZipFile(program.toFile())) {
            pieces = zip.stream().map(entry -> piece(entry.getName())).collect(Collectors.toSet());
        }
        List<ShadedLibrary> found = new ArrayList<>();
        for (String name : System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1)) {
            Path jar = Path.of(name);
            if (name.endsWith(".jar") && !jar.getFileName().toString().startsWith("aggregator-")) {
                try (ZipFile zip = new ZipFile(jar.toFile())) {
                    if (zip.stream().anyMatch(entry -> isCode(entry) && pieces.contains(piece(entry.getName())))) {
                        found.add(new ShadedLibrary(jar, legalOf(zip)));
                    }
                }
            }
        }
        return found;
    }

    /** {@return whether these are its coordinates, of which the repository makes the folders} */
    boolean isNamed(String group, String artifact, String version) {
        return jar.getParent().endsWith(Path.of(group.replace('.', '/'), artifact, version));
    }

    /** {@return the text with each run of blanks and ends of lines as one blank} */
    static String words(String text) {
        return BLANKS.matcher(text).replaceAll(" ").strip();
    }

    static String read(ZipFile zip, ZipEntry entry) throws IOException {
        return new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    }

    private static boolean isCode(ZipEntry entry) {
        String name = entry.getName();
        return name.endsWith(".js") || (name.endsWith(".class") && !name.endsWith("module-info.class"));
    }

    /** A class keeps its place; a script may have found another. */
    private static String piece(String name) {
        return name.endsWith(".js") ? name.substring(name.lastIndexOf('/') + 1) : name;
    }

    private static Map<String, String> legalOf(ZipFile zip) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
            ZipEntry entry = entries.nextElement();
            String name = entry.getName().toLowerCase(Locale.ROOT);
            if (!entry.isDirectory() && LEGAL.matcher(name).matches()) {
                texts.put(entry.getName(), words(read(zip, entry)));
            }
        }
        return texts;
    }
}
