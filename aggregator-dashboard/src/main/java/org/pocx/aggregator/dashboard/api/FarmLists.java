package org.pocx.aggregator.dashboard.api;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.dashboard.http.Content;
import org.pocx.aggregator.dashboard.http.Query;
import org.pocx.aggregator.dashboard.json.CapacityJson;
import org.pocx.aggregator.dashboard.json.FarmJson;
import org.pocx.aggregator.dashboard.json.JsonWriter;
import org.pocx.aggregator.statistics.BadPlot;
import org.pocx.aggregator.statistics.FarmSnapshot;
import org.pocx.aggregator.statistics.FarmSnapshot.Account;
import org.pocx.aggregator.statistics.FarmSnapshot.Machine;
import org.pocx.aggregator.statistics.FarmSnapshot.Part;

/** The current machines and accounts, sorted and filtered. Thread-safe. */
final class FarmLists {
    /** A sort order; the word is the name of a JSON member. */
    private record Order<T>(String word, Comparator<T> comparator) {}

    private static final List<Order<Machine>> MACHINE_ORDERS = List.of(
            new Order<>("machineId", Comparator.comparing(Machine::id)),
            new Order<>("totalCapacityTib", Comparator.comparingDouble(Machine::capacityTib)),
            new Order<>("accountCount", Comparator.comparingInt(machine -> machine.accounts().size())),
            new Order<>("submissions24h", Comparator.comparingInt(Machine::submissions24h)),
            new Order<>("lastSeenSecsAgo", Comparator.comparing(Machine::sinceSeen)),
            new Order<>("missedRounds", Comparator.comparingInt(Machine::missedRounds)),
            new Order<>("confirmed", Comparator.comparingLong(machine -> machine.counts().confirmed())),
            new Order<>("rejected", Comparator.comparingLong(machine -> machine.counts().rejected())));

    private static final List<Order<Account>> ACCOUNT_ORDERS = List.of(
            new Order<>("accountId", Comparator.comparing(Account::accountId)),
            new Order<>("totalCapacityTib", Comparator.comparingDouble(Account::capacityTib)),
            new Order<>("machineCount", Comparator.comparingInt(account -> account.machines().size())),
            new Order<>("submissions24h", Comparator.comparingInt(Account::submissions24h)),
            new Order<>("lastSeenSecsAgo", Comparator.comparing(Account::sinceSeen)),
            new Order<>("missedRounds", Comparator.comparingInt(Account::missedRounds)),
            new Order<>("confirmed", Comparator.comparingLong(account -> account.counts().confirmed())),
            new Order<>("rejected", Comparator.comparingLong(account -> account.counts().rejected())));

    private final Supplier<FarmSnapshot> snapshots;

    FarmLists(Supplier<FarmSnapshot> snapshots) {
        this.snapshots = snapshots;
    }

    private enum State {
        ACTIVE,
        SILENT,
        SUSPECT;

        boolean holds(Machine machine) {
            return holds(machine.silent() || !machine.active(), machine.suspect());
        }

        boolean holds(Account account) {
            return holds(account.silent(), account.suspect());
        }

        private boolean holds(boolean silent, boolean suspect) {
            return switch (this) {
                case ACTIVE -> !silent;
                case SILENT -> silent;
                case SUSPECT -> suspect;
            };
        }

        static Optional<State> of(Query query) {
            return query.oneOf(
                    "state", List.of(values()), known -> known.name().toLowerCase(Locale.ROOT));
        }
    }

    Content machines(Query query) {
        query.allow("limit", "offset", "sort", "order", "q", "state", "group", "account");
        Comparator<Machine> order = order(query, MACHINE_ORDERS);
        Optional<State> state = State.of(query);
        Optional<String> account =
                query.matching("account", HistoryLists.ACCOUNT, HistoryLists.ACCOUNT_IN_WORDS).map(Query::lower);
        Optional<String> words = query.text("q").map(Query::lower);
        Optional<String> group = query.text("group");
        FarmSnapshot farm = snapshots.get();
        List<Machine> rows = farm.machines().stream()
                .filter(machine -> group.isEmpty() || group.equals(machine.profile().group()))
                .filter(machine -> state.map(wanted -> wanted.holds(machine)).orElse(true))
                .filter(machine -> words.map(wanted -> holds(machine, wanted)).orElse(true))
                .filter(machine -> account.map(wanted -> part(machine.accounts(), wanted).isPresent())
                        .orElse(true))
                .sorted(order.thenComparing(Machine::id))
                .toList();
        return Paging.now(query, rows, out -> out.time("at", farm.at()), (out, machine) -> {
            FarmJson.machineHead(out, machine);
            FarmJson.machineTail(out, machine);
            CapacityJson.members(out, farm, machine);
            partOf(out, machine.accounts(), account);
        });
    }

    Content overlaps(Query query) {
        query.allow("limit", "offset");
        FarmSnapshot farm = snapshots.get();
        return Paging.now(
                query, farm.findings().overlaps(), out -> out.time("at", farm.at()), CapacityJson::overlap);
    }

    Content groups(Query query) {
        query.allow("limit", "offset");
        FarmSnapshot farm = snapshots.get();
        return Paging.now(query, farm.groups(), out -> out.time("at", farm.at()), FarmJson::group);
    }

    Content accounts(Query query) {
        query.allow("limit", "offset", "sort", "order", "q", "state", "machine");
        Comparator<Account> order = order(query, ACCOUNT_ORDERS);
        Optional<State> state = State.of(query);
        Optional<String> machine = machine(query);
        Optional<String> words = query.text("q").map(Query::lower);
        FarmSnapshot farm = snapshots.get();
        List<Account> rows = farm.accounts().stream()
                .filter(account -> state.map(wanted -> wanted.holds(account)).orElse(true))
                .filter(account -> words.map(account.accountId()::contains).orElse(true))
                .filter(account -> machine.map(wanted -> part(account.machines(), wanted).isPresent())
                        .orElse(true))
                .sorted(order.thenComparing(Account::accountId))
                .toList();
        return Paging.now(query, rows, out -> out.time("at", farm.at()), (out, account) -> {
            FarmJson.accountHead(out, account);
            FarmJson.accountTail(out, account);
            partOf(out, account.machines(), machine);
        });
    }

    /** Plots with bad nonces, the one that was seen last first. */
    Content plots(Query query) {
        query.allow("limit", "offset", "machine");
        Optional<String> machine = machine(query);
        FarmSnapshot farm = snapshots.get();
        List<BadPlot> rows = farm.verification().badPlots().stream()
                .filter(plot -> machine.map(plot.machine()::equals).orElse(true))
                .toList();
        return Paging.now(query, rows, out -> out.time("at", farm.at()), FarmJson::plot);
    }

    /** The id of the parameter {@code machine}, in its one spelling. */
    static Optional<String> machine(Query query) {
        return query.text("machine").map(id -> MinerId.ofId(id).id());
    }

    private static boolean holds(Machine machine, String words) {
        return Stream.of(Optional.of(machine.id()), machine.displayName(), machine.profile().group())
                .flatMap(Optional::stream)
                .anyMatch(text -> Query.lower(text).contains(words));
    }

    /** The requested order; by default the first one. */
    private static <T> Comparator<T> order(Query query, List<Order<T>> all) {
        Comparator<T> order =
                query.oneOf("sort", all, Order::word).orElse(all.getFirst()).comparator();
        boolean descending = query.oneOf("order", List.of("asc", "desc"), Function.identity())
                .filter("desc"::equals)
                .isPresent();
        return descending ? order.reversed() : order;
    }

    private static Optional<Part> part(List<Part> parts, String id) {
        return parts.stream().filter(part -> part.id().equals(id)).findFirst();
    }

    private static void partOf(JsonWriter out, List<Part> parts, Optional<String> id) {
        id.flatMap(wanted -> part(parts, wanted))
                .ifPresent(part -> out.object("part", () -> FarmJson.part(out, part)));
    }
}
