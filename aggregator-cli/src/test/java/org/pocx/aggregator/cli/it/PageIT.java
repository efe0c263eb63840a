package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.Heavy;
import org.pocx.aggregator.core.time.WallClock;
import org.pocx.aggregator.simulator.farm.Behaviour;
import org.pocx.aggregator.simulator.farm.FarmPlan;
import org.pocx.aggregator.simulator.farm.MachineSettings;
import org.pocx.aggregator.statistics.history.BestNonce;
import org.pocx.aggregator.statistics.history.HistoryChange;
import org.pocx.aggregator.store.SqliteSubmissionStore;
import org.pocx.aggregator.store.StoreSettings;

/** The page in a real browser, served by the packaged program, which a simulated farm mines through. */
class PageIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long HEIGHT = 1_000;
    private static final int REMEMBERED = 2_000;
    private static final int TABS = 76;
    private static final String HOSTILE = "<img src=x onerror=\"document.title='owned'\">";
    private static final String HOSTILE_ACCOUNT = "'\"><script>document.title='owned'</script>";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir private static Path folder;
    @TempDir private Path freshFolder;

    private static DashboardWorld world;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.open();
        rememberManyMachines();
        List<MachineSettings> machines = new ArrayList<>(FarmPlan.of(12, 4, 10, 7));
        machines.replaceAll(machine -> machine.address().getHostAddress().endsWith(".12")
                ? machine.withBehaviour(Behaviour.BAD_PLOT)
                : machine);
        world = new DashboardWorld(folder, HEIGHT, 1L << 26, machines);
        awaitNonces();
    }

    /** Another program's rows: 2,000 machines, and one whose names want to be more than names. */
    private static void rememberManyMachines() {
        Instant then = WallClock.system().instant().minus(Duration.ofHours(1));
        StoreSettings settings = new StoreSettings(folder.resolve("farm.db"), 7, DashboardWorld.BLOCK_TIME);
        try (SqliteSubmissionStore store = SqliteSubmissionStore.open(settings)) {
            List<CompletableFuture<Void>> writes = new ArrayList<>();
            for (int i = 0; i < REMEMBERED; i++) {
                String machine = "10.1." + i / 250 + "." + (1 + i % 250);
                String account = String.format("%040x", i / 10);
                writes.add(store.write(new HistoryChange.BestRecorded(
                        new BestNonce(account, machine, HEIGHT - 1, 1_000_000_000L * (i + 1), then))));
            }
            writes.add(store.write(new HistoryChange.BestRecorded(
                    new BestNonce(HOSTILE_ACCOUNT, HOSTILE, HEIGHT - 1, Long.MIN_VALUE + 12_345, then))));
            writes.forEach(CompletableFuture::join);
        }
    }

    private static void awaitNonces() throws Exception {
        world.farm().awaitIdle(world.chain().tip().blockHash(), PATIENCE);
        Await.until("all has its verdict", () -> api("stats").at("/counts/pending").asInt() == 0
                && api("stats").at("/counts/confirmed").asInt() > 0);
    }

    @BeforeEach
    void show() {
        browser.systemTheme("light");
        browser.show(world.page(), 1_440, 1_000);
        browser.script("localStorage.clear()");
        Await.until("the rows are there", () -> browser.texts("#machines tr.row").size() > 10);
    }

    @AfterEach
    void noComplaints() {
        assertThat(browser.complaints()).isEmpty();
    }

    @AfterAll
    static void stop() throws IOException {
        if (browser != null) {
            browser.close();
        }
        if (world != null) {
            world.close();
        }
    }

    private static JsonNode api(String path) {
        return api(world, path);
    }

    private static JsonNode api(DashboardWorld asked, String path) {
        URI uri = asked.page().resolve(path);
        try {
            return ChildProgram.json(CLIENT.send(
                    HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new AssertionError(uri + " gave no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String grouped(JsonNode number) {
        return String.format(Locale.UK, "%,d", number.bigIntegerValue());
    }

    private static void search(String selector, String words) {
        WebElement field = browser.find(selector);
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.BACK_SPACE);
        field.sendKeys(words);
    }

    /** The headline with its advice, then the list below it. */
    private static List<String> findings() {
        return browser.texts("#headline, #advice, #problems li");
    }

    private static boolean isFound(String words) {
        return findings().stream().anyMatch(line -> line.contains(words));
    }

    private static List<String> names() {
        return browser.script(
                "return [...document.querySelectorAll('#machines tr.row .id')].map((id) => id.dataset.full)") instanceof List<?> list
                        ? list.stream().map(String::valueOf).toList()
                        : List.of();
    }

    // ---- the figures

    @Test
    void figuresAboveTheTables_areThoseOfTheApi() {
        JsonNode summary = api("api/summary");

        Await.until("the counts are those of the API", () -> browser.texts("#round-counts dd").contains(
                grouped(summary.at("/round/counts/confirmed"))));
        assertThat(browser.text("#height")).isEqualTo(grouped(summary.at("/round/height")));
        assertThat(browser.texts("#best-facts dd").getLast()).isEqualTo(grouped(summary.at("/round/best/rawQuality")));
        assertThat(browser.text("#best-fate")).isEqualTo("confirmed by the upstream");
        assertThat(browser.texts("#round-counts dd").getFirst())
                .isEqualTo(grouped(summary.at("/round/counts/received")));
        assertThat(browser.text("#capacity") + " " + browser.text("#capacity-unit"))
                .isEqualTo(capacity(summary.at("/farm/capacityTib").asDouble()));
        assertThat(browser.texts("#farm-facts dd")).anyMatch(text -> text.startsWith(
                grouped(summary.at("/farm/machines")) + ", "));
    }

    @Test
    void farmThatIsKnownByOneBlock_hasNoInterval() {
        assertThat(api("api/summary").at("/farm/capacityLowTib").isNull())
                .as("2,000 machines have sent one nonce each")
                .isTrue();
        assertThat(browser.text("#interval-words")).startsWith("Too few rounds yet");
        assertThat(browser.script("return document.getElementById('interval').hidden")).isEqualTo(true);
    }

    @Test
    void farmThatIsKnownByManyBlocks_hasTheIntervalOfTheApi() throws Exception {
        try (DashboardWorld fresh = new DashboardWorld(freshFolder, 7, 1L << 26, FarmPlan.of(2, 1, 10, 7))) {
            for (int block = 0; block < 5; block++) {
                fresh.farm().awaitIdle(fresh.chain().tip().blockHash(), PATIENCE);
                fresh.chain().forge();
            }
            fresh.farm().awaitIdle(fresh.chain().tip().blockHash(), PATIENCE);
            browser.show(fresh.page(), 1_440, 1_000);

            Await.until("the interval is that of the API", () -> {
                JsonNode farm = api(fresh, "api/summary").at("/farm");
                String words = browser.text("#interval-words");
                return farm.get("capacityLowTib").isNumber()
                        && words.contains(capacity(farm.get("capacityLowTib").asDouble()))
                        && words.contains(capacity(farm.get("capacityHighTib").asDouble()));
            });
            browser.show(world.page(), 1_440, 1_000); // nothing may ask a server that is gone
        }
    }

    /** As the page writes it: three digits or more, in the unit that suits. */
    private static String capacity(double tib) {
        double value = tib * 1_024;
        int unit = 0;
        while (value >= 999.5) {
            value /= 1_024;
            unit++;
        }
        int digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.UK, "%." + digits + "f", value) + " "
                + List.of("GiB", "TiB", "PiB", "EiB").get(unit);
    }

    @Test
    void rowOfAMachine_isThatOfTheApi() {
        search("#machines-search", "127.77.0.5");
        Await.until("one row is left", () -> browser.texts("#machines tr.row").size() == 1);
        JsonNode machine = api("api/machines?q=127.77.0.5").at("/items/0");

        List<String> cells = browser.texts("#machines tr.row > *");
        assertThat(cells.get(0)).isEqualTo("127.77.0.5");
        assertThat(cells.get(1)).isEqualTo("at work");
        assertThat(cells.get(2)).isEqualTo(capacity(machine.at("/totalCapacityTib").asDouble()));
        assertThat(cells.get(3)).isEqualTo(grouped(machine.at("/submissions24h")));
        assertThat(cells.get(6)).isEqualTo(grouped(machine.at("/counts/confirmed")));
    }

    @Test
    void addressWithNameAndPassword_showsTheWholePage() {
        browser.show(URI.create(world.page().toString().replace("://", "://me:secret@")), 1_440, 1_000);

        Await.until("the machines", () -> browser.texts("#machines tr.row").size() > 10);
        Await.until("the charts", () -> browser.texts(".plots canvas").size() == 4);
        Await.until("the events", () -> !browser.texts("#events li").isEmpty());
    }

    @Test
    void newRound_isShownWithoutAReload() {
        browser.script("window.untouched = true");
        long height = world.chain().tip().height();
        world.chain().forge();
        String next = String.format(Locale.UK, "%,d", height + 1);

        Await.until("the new height", () -> browser.text("#height").equals(next));
        Await.until("the event", () -> browser.texts("#events li").stream()
                .anyMatch(line -> line.contains("New round") && line.contains("block " + next)));
        Await.until("a nonce of it", () -> !browser.text("#best-fate").isEmpty());
        assertThat(browser.script("return window.untouched === true")).isEqualTo(true);
    }

    @Test
    void statusLine_namesWhatIsWrongAndWhatToDo() {
        Await.until("the silent ones", () -> isFound("machines are silent"));
        assertThat(isFound("Check power, network")).isTrue();
        world.node().stop();
        Await.until("the outage comes first",
                () -> browser.text("#headline").startsWith("The upstream does not answer"));
        assertThat(browser.text("#advice")).contains("Good nonces are kept and sent when");
        assertThat(browser.texts("#problems li")).anyMatch(line -> line.contains("machines are silent"));
        world.node().start();
        Await.until("it is over", () -> !isFound("The upstream does not answer"));
        assertThat(browser.texts("#events li")).anyMatch(line -> line.contains("Upstream back"));
    }

    @Test
    void groupsAndNamesOfTheConfiguration_areRowsThatFold() throws Exception {
        String more = """
                machines:
                  "127.77.0.1": { name: left-rack, group: barn-1 }
                  "127.77.0.2": { group: barn-1 }
                """;
        try (DashboardWorld fresh = new DashboardWorld(freshFolder, 7, 1L << 26, FarmPlan.of(3, 1, 10, 7), more)) {
            fresh.farm().awaitIdle(fresh.chain().tip().blockHash(), PATIENCE);
            browser.show(fresh.page(), 1_440, 1_000);
            Await.until("two groups and their machines", () -> browser.texts("#machines tr.row th").equals(List.of(
                    "barn-12 machines", "left-rack127.77.0.1", "127.77.0.2", "without a group1 machine",
                    "127.77.0.3")));
            JsonNode group = api(fresh, "api/groups").at("/items/0");
            Await.until("its sum is that of the API", () -> browser.text("#machines tr.group .c-capacity")
                    .equals(capacity(group.at("/capacityTib").asDouble())));

            browser.click("#machines tr.group .opener");

            Await.until("it is folded", () -> browser.texts("#machines tr.row").size() == 3);
            browser.show(world.page(), 1_440, 1_000); // nothing may ask a server that is gone
        }
    }

    @Test
    void wonBlocks_areThoseOfTheApi() {
        world.chain().forge();

        Await.until("the newest one", () -> {
            JsonNode newest = api("api/blocks").at("/blocks/0");
            return newest.has("height")
                    && browser.text("#blocks tr:first-child td").equals(grouped(newest.get("height")))
                    && browser.text("#luck .all .won").equals(grouped(api("api/blocks").at("/luck/all/won")));
        });
    }

    // ---- strangers' words

    @Test
    void hostileNames_areTextAndNothingElse() {
        search("#machines-search", "onerror");
        Await.until("one row is left", () -> browser.texts("#machines tr.row").size() == 1);
        browser.click("#machines tr.row .opener");
        Await.until("it is open", () -> browser.texts(".parts .id").size() == 1);

        assertThat(names()).containsExactly(HOSTILE);
        assertThat(browser.script("return document.querySelector('.parts .id').dataset.full"))
                .isEqualTo(HOSTILE_ACCOUNT);
        assertThat(browser.number("return document.querySelectorAll('main img, main script').length")).isZero();
        assertThat(browser.script("return document.title").toString()).doesNotContain("owned");
    }

    @Test
    void hostileWordsOfTheUpstream_areTextAndNothingElse() {
        String account = api("api/machines?q=127.77.0.5&limit=1").at("/items/0/machineId").asText();
        assertThat(account).isEqualTo("127.77.0.5");
        world.node().faults().onSubmit().times(3).error(-32001, HOSTILE);
        world.chain().forge();

        Await.until("it is rejected with those words", () -> browser.texts("#events li").stream()
                .anyMatch(line -> line.contains("Rejected") && line.contains(HOSTILE)));
        assertThat(browser.number("return document.querySelectorAll('main img').length")).isZero();
    }

    @Test
    void rejectedNonce_leavesTheHeadlineGreen_andAMachineOfManyIsNamed() throws Exception {
        try (DashboardWorld fresh = new DashboardWorld(freshFolder, 7, 1L << 26, FarmPlan.of(2, 1, 10, 7))) {
            fresh.farm().awaitIdle(fresh.chain().tip().blockHash(), PATIENCE);
            browser.show(fresh.page(), 1_440, 1_000);
            fresh.node().faults().onSubmit().times(1).error(-32001, HOSTILE);
            fresh.chain().forge();
            Await.until("it is told below", () -> browser.text("#rejection").contains(HOSTILE));
            assertThat(findings()).containsExactly("All is well: mining block 8.", "");

            for (int round = 0; round < 5; round++) {
                fresh.node().faults().onSubmit().times(100).error(-32001, HOSTILE);
                fresh.chain().forge();
                fresh.farm().awaitIdle(fresh.chain().tip().blockHash(), PATIENCE);
            }

            Await.until("the machine with its share and the words", () -> findings().stream()
                    .anyMatch(line -> line.matches("127\\.77\\.0\\.\\d+: \\d+ of \\d+ nonces rejected\\."))
                    && isFound("Check its plot files. The upstream says: “" + HOSTILE));
            Await.until("beside the best nonce, too", () -> browser.text("#best-unit").equals("all rejected so far"));
            browser.show(world.page(), 1_440, 1_000); // nothing may ask a server that is gone
        }
    }

    // ---- the tables

    @Test
    void columnHead_sortsAndTurnsAround() {
        browser.click("#machines th.c-capacity .sort");
        assertThat(browser.script("return document.querySelector('#machines th.c-capacity').ariaSort"))
                .isEqualTo("descending");
        List<String> largest =
                api("api/machines?limit=5&sort=totalCapacityTib&order=desc").findValuesAsText("machineId");
        assertThat(names().subList(0, 5)).isEqualTo(largest);

        browser.click("#machines th.c-capacity .sort");

        assertThat(browser.script("return document.querySelector('#machines th.c-capacity').ariaSort"))
                .isEqualTo("ascending");
        assertThat(names().getFirst()).isNotEqualTo(largest.getFirst());
    }

    @Test
    void names_areSortedAsNumbersAre() {
        search("#machines-search", "127.77.0.");
        Await.until("twelve rows are left", () -> browser.texts("#machines tr.row").size() == 12);

        assertThat(names()).isSortedAccordingTo(Comparator.comparingInt(name -> Integer.parseInt(name.substring(9))));
    }

    @Test
    void search_tellsHowManyAreLeft() {
        search("#machines-search", "10.1.3.");
        Await.until("the count says so", () -> browser.text("#machines-count").startsWith("250 of 2,01"));
        search("#machines-search", "nobody");
        Await.until("none", () -> browser.text("#machines-count").startsWith("0 of"));
    }

    @Test
    void silentMachines_areListedAndMarked() {
        browser.click("#machines-state [data-state=silent]");
        Await.until("they are shown", () -> browser.text("#machines-count").startsWith("2,001 of"));

        assertThat(browser.texts("#machines tr.row .c-state")).isNotEmpty().containsOnly("silent");
    }

    @Test
    void openedMachine_showsItsAccountsAndLeadsToThem() {
        search("#machines-search", "127.77.0.5");
        Await.until("one row is left", () -> browser.texts("#machines tr.row").size() == 1);
        browser.click("#machines tr.row .opener");
        Await.until("its account", () -> browser.texts("#machines .parts tbody tr").size() == 1);
        String account = api("api/accounts?machine=127.77.0.5").at("/items/0/accountId").asText();
        assertThat(browser.script("return document.querySelector('#machines .parts .id').dataset.full"))
                .isEqualTo(account);

        browser.click("#machines .parts .go");

        Await.until("the account is open, too", () -> browser.texts("#accounts .parts tbody tr").size() == 3);
        assertThat(browser.text("#accounts .detail-facts dd")).isEqualTo(account);
    }

    @Test
    void openedMachine_isAsFreshAsItsRow() {
        search("#machines-search", "127.77.0.5");
        Await.until("one row is left", () -> browser.texts("#machines tr.row").size() == 1);
        browser.click("#machines tr.row .opener");
        Await.until("its account", () -> browser.texts("#machines .parts tbody tr").size() == 1);
        browser.click("#machines-search"); // a reader who is in the detail is not disturbed
        world.chain().forge();

        Await.until("its nonces go on", () -> {
            JsonNode counts = api("api/machines?q=127.77.0.5").at("/items/0/counts");
            return browser.text("#machines .detail-facts > div:last-child dd")
                    .startsWith(grouped(counts.get("received")) + " received, ")
                    && counts.get("received").asLong() > counts.get("pending").asLong();
        });
        Await.until("so do those for its account", () -> {
            JsonNode part = api("api/accounts?machine=127.77.0.5").at("/items/0/part");
            return browser.texts("#machines .parts tbody td").get(2).equals(grouped(part.get("submissions24h")));
        });
    }

    @Test
    void rowOfAnAccount_isThatOfTheApi() {
        search("#accounts-search", api("api/accounts?machine=127.77.0.5").at("/items/0/accountId").asText());
        Await.until("one row is left", () -> browser.texts("#accounts tr.row").size() == 1);

        Await.until("its cells are the figures of the API", () -> {
            JsonNode account = api("api/accounts?machine=127.77.0.5").at("/items/0");
            List<String> cells = browser.texts("#accounts tr.row > *");
            return cells.get(1).equals("at work")
                    && cells.get(3).equals(grouped(account.get("submissions24h")))
                    && cells.get(4).equals(grouped(account.get("missedRounds")))
                    && cells.get(5).equals("3")
                    && cells.get(7).equals(grouped(account.at("/counts/rejected")));
        });
    }

    @Test
    void silentAccounts_areListedAndMarked() {
        browser.click("#accounts-state [data-state=silent]");
        Await.until("they are shown", () -> browser.text("#accounts-count").startsWith("201 of"));

        assertThat(browser.texts("#accounts tr.row .c-state")).isNotEmpty().containsOnly("silent");
    }

    @Test
    void twoThousandMachines_scrollWithFewRowsInTheDocument() {
        List<Double> figures = scrollToTheEnd();

        assertThat(figures.get(3)).as("height to scroll").isGreaterThan(60_000);
        assertThat(figures.get(2)).as("last row").isEqualTo(2_014);
        assertThat(figures.get(1)).as("rows in the document at once").isLessThan(60);
    }

    @Test
    @Heavy
    void twoThousandMachines_scrollSmoothly() {
        List<Double> figures = scrollToTheEnd();

        assertThat(figures.get(0))
                .as("median time of a frame, ms, where one that stands still takes " + figures.get(4))
                .isLessThan(Math.max(34, 2 * figures.get(4)));
    }

    private static List<Double> scrollToTheEnd() {
        Object measured = browser.scriptToItsEnd("""
                const done = arguments[arguments.length - 1];
                const box = document.getElementById('machines-scroller');
                const still = [];
                const times = [];
                let most = 0;
                const end = box.scrollHeight - box.clientHeight;
                const median = (ofTimes) => {
                  const gaps = ofTimes.slice(1).map((at, i) => at - ofTimes[i]).sort((a, b) => a - b);
                  return gaps[Math.floor(gaps.length / 2)];
                };
                const step = () => {
                  if (still.length < 60) {
                    still.push(performance.now());
                    requestAnimationFrame(step);
                    return;
                  }
                  times.push(performance.now());
                  most = Math.max(most, document.querySelectorAll('#machines tr.row').length);
                  if (box.scrollTop >= end - 1) {
                    const last = [...document.querySelectorAll('#machines tr.row')].at(-1);
                    done([median(times), most, Number(last.getAttribute('aria-rowindex')), end, median(still)]);
                  } else {
                    box.scrollTop += 400;
                    requestAnimationFrame(step);
                  }
                };
                requestAnimationFrame(step);
                """);
        return ((List<?>) measured).stream().map(figure -> ((Number) figure).doubleValue()).toList();
    }

    // ---- looks

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void everyText_hasAContrastOfFourAndAHalf_andAxeFindsNothing(String theme) throws IOException {
        browser.systemTheme(theme);
        browser.click("#machines tr.row .opener");
        Await.until("it is open", () -> browser.texts(".parts tbody tr").size() == 1);

        Object faint = browser.script(Contrast.SCRIPT);

        assertThat((List<?>) faint).isEmpty();
        Axe.in(browser).assertNoFinding();
    }

    @Test
    void theme_followsTheSystemUntilTheReaderChooses() {
        Object light = browser.script("return getComputedStyle(document.body).backgroundColor");
        browser.systemTheme("dark");
        Object dark = browser.script("return getComputedStyle(document.body).backgroundColor");
        assertThat(dark).isNotEqualTo(light);

        browser.click("#theme [data-theme=light]");
        assertThat(browser.script("return getComputedStyle(document.body).backgroundColor")).isEqualTo(light);
        browser.reload();
        Await.until("it is remembered", () -> light.equals(
                browser.script("return getComputedStyle(document.body).backgroundColor")));
        browser.click("#theme [data-theme=auto]");
    }

    /** The narrowest and the usual one; with {@code -Pheavy} those between and beyond, too. */
    private static IntStream widths() {
        return Boolean.getBoolean("pocx.heavy") ? IntStream.of(320, 375, 768, 1_440, 2_560) : IntStream.of(320, 1_440);
    }

    @ParameterizedTest
    @MethodSource("widths")
    void screenOfAnyWidth_needsNoScrollingSideways(int width) {
        browser.show(world.page(), width, 800);
        Await.until("the rows are there", () -> browser.texts("#machines tr.row").size() > 5);

        assertThat(browser.number("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
        assertThat(browser.number("return document.getElementById('machines-scroller').scrollWidth"
                + " - document.getElementById('machines-scroller').clientWidth"))
                .isLessThanOrEqualTo(width < 820 ? 0 : 800);
    }

    @Test
    void charts_areDrawn() {
        Await.until("four charts", () -> browser.texts(".plots canvas").size() == 4);
        browser.click("#range [data-range=week]");
        Await.until("the week", () -> browser.text("#charts-note").contains("round"));

        assertThat(browser.number("return document.querySelector('#plot-capacity canvas').width")).isGreaterThan(200);
    }

    // ---- without a mouse, without eyes

    @Test
    void everyControl_isReachedByTabAndHasAName() {
        browser.script("document.activeElement.blur(); document.getElementById('machines-scroller').scrollTop = 0");
        browser.script(
                "window.reached = []; document.addEventListener('focusin', e => reached.push(e.target.computedName))");
        browser.press(Collections.nCopies(TABS, Keys.TAB));
        List<?> reached = (List<?>) browser.script("return reached");
        assertThat(reached)
                .hasSize(TABS)
                .allSatisfy(name -> assertThat(name).asString().isNotBlank())
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .contains("Skip to the machines", "Dark", "Hour", "Suspect", "Search machines", "Capacity",
                        "Rejected since start",
                        "Search accounts", "Trouble");
    }

    @Test
    void arrowKeys_goFromRowToRow() {
        browser.find("#machines tr.row .opener").sendKeys(Keys.END);
        Await.until("the last row", () -> browser.focused().getAccessibleName().equals("Details of " + HOSTILE));
        browser.focused().sendKeys(Keys.HOME);
        Await.until("the first row", () -> browser.focused().getAccessibleName().equals("Details of 10.1.0.1"));
        browser.focused().sendKeys(Keys.ARROW_DOWN, Keys.ARROW_DOWN);
        Await.until("the third row", () -> browser.focused().getAccessibleName().equals("Details of 10.1.0.3"));
    }

    @Test
    void keys_sortOpenAndChoose() {
        WebElement sort = browser.find("#machines th.c-rejected .sort");
        sort.sendKeys(Keys.ENTER);
        assertThat(browser.script("return document.querySelector('#machines th.c-rejected').ariaSort"))
                .isEqualTo("descending");
        browser.find("#machines tr.row .opener").sendKeys(Keys.SPACE);
        Await.until("it is open", () -> browser.texts("#machines .detail-row .parts").size() == 1);
        assertThat(browser.find("#machines tr.row .opener").getAttribute("aria-expanded")).isEqualTo("true");
        browser.find("#range [data-range=week]").sendKeys(Keys.ENTER);
        assertThat(browser.find("#range [data-range=week]").getAttribute("aria-pressed")).isEqualTo("true");
    }

    @Test
    void idInFocus_showsItsWholeAndIsCopiedByAClick() {
        browser.script("document.querySelector('#accounts .id').scrollIntoView({ block: 'center' })");
        String whole = browser.find("#accounts .id").getAttribute("data-full");
        browser.find("#accounts tr.row .opener").sendKeys(Keys.TAB);
        Await.until("the tip", () -> browser.text("#tip").equals(whole));
        browser.focused().sendKeys(Keys.ENTER);

        Await.until("it is copied", () -> browser.text("#toast").equals("Copied"));
    }

    @Test
    void structure_isThatOfADocument() {
        assertThat(browser.number("return document.querySelectorAll('h1').length")).isEqualTo(1);
        assertThat(browser.number("return document.querySelectorAll('main, header, footer').length")).isEqualTo(3);
        assertThat(browser.number("return document.querySelectorAll('section:not([aria-labelledby])').length"))
                .isZero();
        assertThat(browser.number("return document.querySelectorAll('thead th:not([scope])').length")).isZero();
        assertThat(browser.script("return document.documentElement.lang")).isEqualTo("en");
        assertThat(browser.number("return document.querySelectorAll('[role=status]').length")).isEqualTo(2);
    }

    // ---- when the aggregator is away

    // ---- when the clock of the screen's computer is wrong

    @Test
    void clockOfTheScreenThatIsDaysAhead_changesNothing() throws IOException {
        try (Browser wrong = Browser.open()) {
            wrong.zone(TestClock.zoneAtNoon());
            wrong.beforeEachPage("""
                    const right = Date;
                    const wrong = () => right.now() + 3 * 86400e3;
                    window.Date = class extends right {
                      constructor(...of) { super(...(of.length > 0 ? of : [wrong()])); }
                      static now() { return wrong(); }
                    };
                    const every = window.setInterval;
                    window.minutes = 0;
                    window.setInterval = (task, ms) => ms < 60000 ? every(task, ms)
                      : every(() => { task(); window.minutes++; }, 50);
                    """);
            wrong.show(world.page(), 1_440, 1_000);
            Await.until("the events have grown older", () -> !wrong.texts("#events li").isEmpty()
                    && wrong.number("return window.minutes") > 2);

            assertThat(wrong.texts("#events time")).isNotEmpty().noneMatch(time -> time.matches("[A-Za-z].*"));
        }
    }

    @Test
    void databaseThatIsDeletedMeanwhile_doesNotStopTheEvents() throws Exception {
        try (DashboardWorld fresh = new DashboardWorld(freshFolder, 7, 1L << 26, FarmPlan.of(2, 1, 10, 7))) {
            browser.show(fresh.page(), 1_440, 1_000);
            Await.until("the first contact", () -> browser.texts("#events li").stream()
                    .anyMatch(line -> line.contains("Upstream reached")));
            fresh.chain().forge();
            Await.until("a round", () -> browser.texts("#events li").stream()
                    .anyMatch(line -> line.contains("New round") && line.contains("block 8")));
            fresh.killProgram();
            for (String file : List.of("farm.db", "farm.db-wal", "farm.db-shm")) {
                Files.deleteIfExists(freshFolder.resolve(file));
            }
            fresh.startProgram();
            fresh.chain().forge();

            Await.until("the next one", () -> browser.texts("#events li").stream()
                    .anyMatch(line -> line.contains("New round") && line.contains("block 9")));
            assertThat(browser.texts("#events li").stream().filter(line -> line.contains("Aggregator started")))
                    .hasSize(2);
            browser.show(world.page(), 1_440, 1_000); // nothing may ask a server that is gone
        }
        browser.complaints(); // that it could not reach the server is true
    }

    @Test
    void aggregatorThatIsKilledAndBack_isMarkedAndFollowedAgain() throws Exception {
        world.killProgram();
        Await.until("it is marked", () -> browser.text("#link").startsWith("out of date"));
        Await.until("in words, too", () -> browser.text("#headline").startsWith("The aggregator does not answer"));
        world.startProgram();

        Await.until("it is live again", () -> browser.text("#link").equals("live"));
        long height = world.chain().tip().height();
        world.chain().forge();
        Await.until("it follows", () -> browser.text("#height").equals(String.format(Locale.UK, "%,d", height + 1)));
        List<String> lines = browser.texts("#events li");
        assertThat(lines).anyMatch(line -> line.contains("Aggregator started"));
        assertThat(browser
                .number("const ids = [...document.querySelectorAll('#events li')].map((line) => line.dataset.id);"
                        + " return ids.length - new Set(ids).size"))
                .isZero();
        browser.complaints(); // that it could not reach the server is true
    }
}
