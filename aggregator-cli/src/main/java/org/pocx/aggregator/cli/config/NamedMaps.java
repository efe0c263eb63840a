package org.pocx.aggregator.cli.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.protocol.server.Network;
import org.pocx.aggregator.statistics.MachineProfile;

/** Reads the maps of the configuration whose keys are chosen by the operator: users and machines. */
final class NamedMaps {
    private static final Key<String> MACHINE_NAME = part("name", ValueType.SHORT_LABEL);
    private static final Key<String> MACHINE_GROUP = part("group", ValueType.SHORT_LABEL);
    private static final Key<Double> MACHINE_CAPACITY = part("capacity_tib", ValueType.TIB);
    private static final List<String> PARTS =
            List.of(MACHINE_NAME.path(), MACHINE_GROUP.path(), MACHINE_CAPACITY.path());

    private final RawConfig raw;
    private final Variables variables;
    private final Problems problems;

    NamedMaps(RawConfig raw, Variables variables, Problems problems) {
        this.raw = raw;
        this.variables = variables;
        this.problems = problems;
    }

    private static <T> Key<T> part(String name, ValueType<T> type) {
        return new Key<>(name, type, "", Key.Kind.OPTIONAL, "");
    }

    /** Returns the passwords of the users, by name, in the order of the file. */
    Map<String, Secret> users() {
        Map<String, Secret> users = new LinkedHashMap<>();
        String section = ConfigKeys.USERS.path();
        for (YamlNode.Entry entry : entries(section)) {
            Key<String> key = new Key<>(pathOf(section, entry), ValueType.NAME, "", Key.Kind.SECRET, "");
            if (ValueType.USER.parser().apply(entry.key()).isEmpty()) {
                problems.add(entry.line(), section + " must have names without a colon as keys");
            } else if (entry.value() instanceof YamlNode.Scalar password) {
                find(key, entry.line(), password.isNull() ? "" : password.text())
                        .ifPresent(secret -> users.put(entry.key(), new Secret(secret)));
            } else {
                problems.add(entry.line(), key.path() + " must be a password: " + ValueType.NAME.form());
            }
        }
        return users;
    }

    /** Returns the profiles of the machines by id, in the order of the file. */
    Map<String, MachineProfile> machines() {
        Map<String, MachineProfile> machines = new LinkedHashMap<>();
        Map<String, String> spellings = new LinkedHashMap<>();
        String section = ConfigKeys.MACHINES.path();
        for (YamlNode.Entry entry : entries(section)) {
            String path = pathOf(section, entry);
            String id = MinerId.ofId(entry.key()).id();
            String before = spellings.putIfAbsent(id, entry.key());
            if (Network.parse(entry.key().split("/", 2)[0]).isEmpty()) {
                problems.add(
                        entry.line(),
                        path + " does not begin with an IP address; keys of machines are ADDRESS or ADDRESS/NAME");
            } else if (before != null) {
                problems.add(entry.line(),
                        path + " is the same machine as " + Problems.quote(before) + ": give it once");
            } else if (entry.value() instanceof YamlNode.Mapping parts) {
                machines.put(id, profile(path, parts));
            } else if (!entry.value().isNull()) {
                problems.add(entry.line(), path + " must be a section with the keys name, group and capacity_tib");
            }
        }
        return machines;
    }

    private MachineProfile profile(String path, YamlNode.Mapping parts) {
        Map<String, YamlNode.Entry> given = new LinkedHashMap<>();
        for (YamlNode.Entry entry : unique(parts)) {
            if (PARTS.contains(entry.key())) {
                given.put(entry.key(), entry);
            } else {
                unknown(path, entry);
            }
        }
        return new MachineProfile(
                find(path, given, MACHINE_NAME),
                find(path, given, MACHINE_GROUP),
                find(path, given, MACHINE_CAPACITY).map(OptionalDouble::of).orElse(OptionalDouble.empty()));
    }

    private void unknown(String path, YamlNode.Entry entry) {
        problems.add(entry.line(), () -> "unknown key " + path + "." + Problems.clean(entry.key())
                + NameSimilarity.nearestPath(entry.key(), PARTS)
                        .map(near -> "; the nearest is " + path + "." + near)
                        .orElse("; none is near it, known there are " + String.join(", ", PARTS)));
    }

    private <T> Optional<T> find(String path, Map<String, YamlNode.Entry> given, Key<T> part) {
        return Optional.ofNullable(given.get(part.path())).flatMap(entry -> {
            Key<T> key = new Key<>(path + "." + part.path(), part.type(), "", part.kind(), "");
            if (entry.value() instanceof YamlNode.Scalar scalar) {
                return scalar.isNull() ? Optional.empty() : find(key, entry.line(), scalar.text());
            }
            problems.add(entry.line(), key.path() + " must be " + key.type().form() + ", not a list or a section");
            return Optional.empty();
        });
    }

    private <T> Optional<T> find(Key<T> key, int line, String text) {
        RawConfig one = new RawConfig(Map.of(key.path(), new RawConfig.Value(text, line)), Map.of(), Map.of());
        return new TypedValues(one, variables, problems).find(key);
    }

    private List<YamlNode.Entry> entries(String section) {
        YamlNode.Mapping map = raw.maps().get(section);
        return map == null ? List.of() : unique(map);
    }

    private List<YamlNode.Entry> unique(YamlNode.Mapping mapping) {
        Map<String, YamlNode.Entry> seen = new LinkedHashMap<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            if (seen.putIfAbsent(entry.key(), entry) != null) {
                problems.add(entry.line(), Problems.quote(entry.key()) + " is given twice in one section");
            }
        }
        return new ArrayList<>(seen.values());
    }

    private static String pathOf(String section, YamlNode.Entry entry) {
        return section + "." + Problems.quote(entry.key());
    }

    /** Returns users as YAML in one form, with masked passwords. */
    static String usersText(Map<String, Secret> users) {
        return text(users, secret -> YamlText.quoted(secret.toString()));
    }

    /** Returns machines as YAML in one form. */
    static String machinesText(Map<String, MachineProfile> machines) {
        return text(machines, NamedMaps::profileText);
    }

    private static String profileText(MachineProfile profile) {
        List<String> parts = new ArrayList<>();
        profile.name().ifPresent(name -> parts.add("name: " + quoted(name)));
        profile.group().ifPresent(group -> parts.add("group: " + quoted(group)));
        profile.capacityTib().ifPresent(tib -> parts.add("capacity_tib: " + ValueType.plain(tib)));
        return "{" + String.join(", ", parts) + "}";
    }

    private static String quoted(String value) {
        return YamlText.quoted(Variables.escape(value));
    }

    private static <T> String text(Map<String, T> map, Function<T, String> value) {
        StringBuilder text = new StringBuilder();
        map.forEach((key, one) -> text.append('\n')
                .append(YamlText.quoted(key))
                .append(": ")
                .append(value.apply(one)));
        return text.isEmpty() ? "{}" : text.toString();
    }
}
