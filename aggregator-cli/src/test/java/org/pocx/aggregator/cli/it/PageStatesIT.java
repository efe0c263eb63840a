package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.pocx.aggregator.core.testkit.Await;

/** What the page makes of states that take days to come: its files in a real browser, with answers that are made up. */
class PageStatesIT {
    private static final String HOSTILE = "<img src=x onerror=document.title=/owned/>";
    private static final int GROUPS = 40;
    private static final int IN_A_GROUP = 50;

    private static CannedDashboard dashboard;
    private static Browser browser;
    private static Axe axe;

    private CannedFarm farm;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.open();
        axe = Axe.in(browser);
        dashboard = new CannedDashboard();
    }

    @AfterAll
    static void stop() throws IOException {
        if (browser != null) {
            browser.close();
        }
        if (dashboard != null) {
            dashboard.close();
        }
    }

    @BeforeEach
    void well() {
        farm = new CannedFarm();
        farm.machine("10.0.0.1", "");
    }

    @AfterEach
    void noComplaints() {
        assertThat(browser.complaints()).isEmpty();
    }

    private void show() {
        show(1_440, 1_000);
    }

    private void show(int width, int height) {
        dashboard.answer(farm.answers());
        browser.show(dashboard.page(), width, height);
        Await.until("the rows are there", () -> !browser.texts("#machines tr.row").isEmpty());
    }

    /** The headline with its advice, then the list below it. */
    private static List<String> findings() {
        return browser.texts("#headline, #advice, #problems li");
    }

    private static void awaitFinding(String text) {
        Await.until("the finding: " + text, () -> findings().stream().anyMatch(line -> line.contains(text)));
    }

    private static Object state() {
        return browser.script("return document.getElementById('status').dataset.state");
    }

    /** A farm with something of everything. */
    private void everything() {
        farm.store(false, "disk full")
                .droppedMachine("10.0.0.5")
                .badPlots("10.0.0.6", 4, 14)
                .badMachine("10.0.0.8", 18)
                .silentMachine("10.0.0.12")
                .overlap("10.0.0.1", "10.0.0.9/rig-1")
                .wins("10.0.0.1")
                .answer("/api/upstreams", UPSTREAMS);
        farm.machine("10.0.0.6", "barn-1").put("name", "shelf 6");
        farm.machine("10.0.0.9/rig-1", "barn-1").put("name", "rig-1");
    }

    private static final String UPSTREAMS =
            "{'upstreams': [{'name': 'home-node', 'active': false, 'state': 'unreachable',"
                    + " 'latencyMs': null, 'lastError': 'cannot connect'}, {'name': 'second-node', 'active': true,"
                    + " 'state': 'ok', 'latencyMs': 31, 'lastError': null}]}";

    // ---- is all well

    @Test
    void rejectedNonceOfTheRound_leavesTheHeadlineGreen() {
        farm.round(21, 1);
        show();

        assertThat(browser.text("#headline")).isEqualTo("All is well: mining block 48,213.");
        assertThat(state()).isEqualTo("good");
        assertThat(browser.texts("#problems li")).isEmpty();
        assertThat(browser.text("#advice")).isEmpty();
    }

    @Test
    void machineWithBadNonces_isNamedOnce_withItsShareAndWhatToDo() {
        farm.badMachine("10.0.0.8", 18).round(21, 1);
        show();
        awaitFinding("10.0.0.8: 18 of 18 nonces rejected.");

        assertThat(browser.text("#advice")).contains("Check its plot files", "“PoCX validation failed”");
        assertThat(state()).isEqualTo("warn");
        assertThat(browser.text("#status").split("10\\.0\\.0\\.8", -1)).hasSize(2);
    }

    @Test
    void findings_areSortedBySeverity_andNameMachineAndAction() {
        everything();
        farm.upstream(false, "http://10.0.0.2:8332/: cannot connect");
        show();
        awaitFinding("mine the same plot files");

        assertThat(state()).isEqualTo("bad");
        assertThat(String.join("\n", findings())).containsSubsequence(
                "The upstream does not answer as it should",
                "Nonces are not written to disk: disk full",
                "Mining with the backup second-node instead of home-node (cannot connect)",
                "10.0.0.5: about 50",
                "shelf 6 (10.0.0.6): 4 of 14 checked nonces of a plot file are wrong",
                "10.0.0.8: 18 of 18 nonces rejected",
                "1 machine is silent: 10.0.0.12",
                "10.0.0.1 and 10.0.0.9/rig-1 mine the same plot files: 12 equal nonces in 5 rounds");
    }

    @ParameterizedTest
    @CsvSource({
        "it is still synchronising: 40 rounds in 10 s, The node is synchronising, Wait until it has caught up",
        "it cannot process our requests: Method not found, it cannot process our requests, Update the node",
    })
    void upstreamThatAnswersAndCannotServe_isNamedForWhatItIs(String problem, String said, String advice) {
        farm.upstream(true, problem);
        show();

        assertThat(browser.text("#headline")).contains(said);
        assertThat(browser.text("#advice")).contains(advice);
        assertThat(state()).isEqualTo("bad");
    }

    @Test
    void manyMachinesOfAKind_areOneFinding_thatLeadsToThem() {
        for (int i = 0; i < 12; i++) {
            farm.silentMachine("10.0.1." + (10 + i));
        }
        show();
        awaitFinding("12 machines are silent: 10.0.1.10, 10.0.1.11, 10.0.1.12 and 9 more.");
        assertThat(browser.texts("#problems li")).isEmpty();

        browser.click("#advice .go");

        Await.until("they are shown", () -> browser.text("#machines-count").equals("12 of 13 machines"));
    }

    @Test
    void upstreams_areListed_whereThereAreSeveral() {
        farm.answer("/api/upstreams", UPSTREAMS);
        show();
        awaitFinding("Mining with the backup second-node");

        assertThat(browser.texts("#upstreams li")).containsExactly(
                "home-nodestandby, unreachable, cannot connect", "second-nodeactive, ok, 31 ms");
    }

    // ---- what did I win

    @Test
    void wins_haveMachineAccountAndTime_andLuckHasItsInterval() {
        farm.wins("10.0.0.1");
        show();
        Await.until("the wins", () -> browser.texts("#blocks tr").size() == 3);

        assertThat(browser.texts("#luck tr:nth-child(2) > *"))
                .containsExactly("Last 7 days", "2", "1.6", "125%", "15% to 450%");
        assertThat(browser.texts("#luck tr:first-child td")).containsExactly("1", "–", "–", "–");
        assertThat(browser.text("#blocks tr:first-child")).contains("48,190", "10.0.0.1", "3f2a1b0c…1b0c", "34 s");
        assertThat(browser.text("#blocks tr:nth-child(2)")).contains("another machine or elsewhere");
        assertThat(browser.text("#blocks tr:nth-child(3)")).endsWith("orphaned");
        assertThat(browser.text("#losses")).contains("Block 47,000", "10.0.0.1");
        assertThat(browser.text("#blocks-note")).startsWith("3 blocks were not seen");
    }

    @Test
    void listThatTheAggregatorDoesNotHave_hidesItsSection() {
        farm.without("/api/blocks");
        show();

        Await.until("it was asked for",
                () -> browser.complaints().stream().anyMatch(line -> line.contains("/api/blocks")));
        assertThat(browser.script("return [...document.querySelectorAll('main > section')]"
                + ".filter((section) => !section.checkVisibility()).map((section) => section.id)"))
                .isEqualTo(List.of("blocks-section", "bad-plots-section", "overlaps-section"));
    }

    // ---- which machine

    private void groups() {
        farm = new CannedFarm();
        for (int i = 0; i < GROUPS * IN_A_GROUP; i++) {
            farm.machine("10.0." + i / 250 + "." + (1 + i % 250), "barn-" + (1 + i / IN_A_GROUP));
        }
        farm.machine("10.9.0.1", "").put("name", "lonely");
        farm.wins("10.0.0.1");
    }

    private static void press(CharSequence... keys) {
        browser.focused().sendKeys(keys);
    }

    private static void awaitFocus(String name) {
        Await.until(name, () -> browser.focused().getAccessibleName().equals(name));
    }

    @Test
    void twoThousandMachinesInFortyGroups_areFortyOneRowsWithSums() {
        groups();
        show();

        assertThat(browser.number("return Number(document.getElementById('machines').ariaRowCount)")).isEqualTo(42);
        assertThat(browser.texts("#machines tr.row")).hasSizeLessThan(60);
        assertThat(browser.texts("#machines tr.row:nth-child(2) > *")).startsWith(
                "barn-150 machines", "at work", "4.88 PiB", "35,000", "0", "", "500");
        assertThat(browser.texts("#machines tr.group strong")).startsWith("barn-1", "barn-2", "barn-3");
        browser.script("const box = document.getElementById('machines-scroller'); box.scrollTop = box.scrollHeight");
        Await.until("the last one",
                () -> browser.texts("#machines tr.group strong").getLast().equals("without a group"));
        axe.assertNoFinding();
    }

    @Test
    void keys_unfoldAndFoldAGroup() {
        groups();
        show();
        browser.find("#machines tr.group .opener").sendKeys(Keys.ARROW_DOWN, Keys.ARROW_RIGHT);
        Await.until("it is open", () -> browser.texts("#machines tr.row:not(.group)").size() > 10);
        awaitFocus("Machines of barn-2");
        assertThat(browser.focused().getAttribute("aria-expanded")).isEqualTo("true");

        press(Keys.ARROW_DOWN);
        awaitFocus("Details of 10.0.0.51");
        press(Keys.ARROW_LEFT);
        awaitFocus("Machines of barn-2");
        press(Keys.ARROW_LEFT);

        Await.until("it is folded", () -> browser.texts("#machines tr.row:not(.group)").isEmpty());
    }

    @Test
    void search_unfoldsTheGroups_andSaysHowManyOfEachAreShown() {
        groups();
        show();
        browser.find("#machines-search").sendKeys("10.0.3.7");
        Await.until("one and its group", () -> browser.text("#machines-count").startsWith("11 of 2,001"));

        assertThat(browser.texts("#machines tr.group th")).containsExactly("barn-161 of 50 machines",
                "barn-1710 of 50 machines");
        assertThat(browser.texts("#machines tr.row:not(.group)")).hasSize(11);
    }

    @Test
    void finding_leadsToTheMachineInItsFoldedGroup() {
        groups();
        farm.machine("10.7.7.7", "barn-9").put("suspect", true).set("counts", CannedFarm.counts(0, 5));
        show();
        awaitFinding("10.7.7.7: 5 of 5 nonces rejected.");
        assertThat(browser.texts("#machines tr.row:not(.group)")).isEmpty();

        browser.click("#advice .go");

        awaitFocus("Details of 10.7.7.7");
        Await.until("it is open", () -> browser.texts("#machines .parts").size() == 1);
        browser.complaints(); // this farm has no capacity of it
    }

    @Test
    void nameOfAMachine_isShownWithItsAddress_andFound() {
        farm.machine("10.0.0.7", "").put("name", "left rack");
        show();
        browser.find("#machines-search").sendKeys("left");

        Await.until("it alone", () -> browser.texts("#machines tr.row th").equals(List.of("left rack10.0.0.7")));
    }

    @Test
    void openedMachine_showsItsCapacityOfAWeek_andIsReset() {
        farm = new CannedFarm();
        farm.machine("10.0.0.9/rig-1", "barn-1").putObject("capacityDrop").put("since", farm.ago(5))
                .put("baselineTib", 120)
                .put("measuredTib", 58).put("missing", 0.5).put("source", "configured");
        farm.answer("/api/machines/10.0.0.9/rig-1/capacity",
                ("{'machineId': '10.0.0.9/rig-1', 'expectedCapacityTib': 120,"
                        + " 'source': 'configured', 'learnedRounds': 0, 'measuredCapacityTib': 58, 'measuredLowTib': 50,"
                        + " 'measuredHighTib': 67, 'capacityDrop': {'since': '%1$s', 'baselineTib': 120, 'measuredTib': 58,"
                        + " 'missing': 0.5, 'source': 'configured'}, 'capacityWeek': [{'at': '%2$s', 'tib': 119}, {'at': '%3$s',"
                        + " 'tib': null}, {'at': '%1$s', 'tib': 57}]}")
                        .formatted(farm.ago(5), farm.ago(7), farm.ago(6)));
        show();
        awaitFinding("10.0.0.9/rig-1: about 50% of its capacity is missing: 58.0 TiB of 120 TiB.");
        browser.click("#machines tr.row:not(.group) .opener");
        Await.until("its capacity", () -> browser.texts("#machines .spark path").size() == 3);

        assertThat(browser.texts("#machines .capacity-part dd").subList(0, 2))
                .containsExactly("120 TiB, as configured", "58.0 TiB (95 % certain: 50.0 TiB to 67.0 TiB)");
        assertThat(
                browser.script("return document.querySelector('.spark .line').getAttribute('d').split('M').length - 1"))
                .as("an hour without a figure interrupts the line")
                .isEqualTo(2L);
        browser.script(
                "window.confirm = () => true; document.querySelector('#machines .capacity-part button').click()");
        Await.until("it is told", () -> browser.text("#toast").startsWith("Reset"));
        assertThat(dashboard.posts()).containsExactly("/api/machines/10.0.0.9/rig-1/baseline");
    }

    @Test
    void badPlotsAndOverlaps_haveTheirTables() {
        farm.badPlots("10.0.0.1", 4, 14).overlap("10.0.0.1", "10.0.0.2");
        show();
        Await.until("both", () -> browser.texts("#bad-plots tr, #overlaps tr").size() == 2);

        assertThat(browser.text("#bad-plots")).contains("5660454a…454a", "7 to 18,446,744,073,709,551,615", "4 of 14");
        assertThat(browser.text("#overlaps")).contains("10.0.0.1", "10.0.0.2", "12", "5");
    }

    // ---- for everyone

    @Test
    void sections_answerInTheOrderOfTheQuestions() {
        everything();
        show();
        awaitFinding("mine the same plot files");

        assertThat(browser.texts("h2")).containsExactly("Upstreams", "Blocks won", "This round", "The farm",
                "Over time",
                "Machines", "Bad plots", "Overlapping plots", "Accounts", "What happened");
    }

    @ParameterizedTest
    @CsvSource({"light, 1440", "dark, 1440", "light, 390", "dark, 320"})
    void axeAndContrast_findNothing_andNothingIsWiderThanTheScreen(String theme, int width) {
        everything();
        browser.systemTheme(theme);
        show(width, 900);
        awaitFinding("mine the same plot files");
        browser.click("#machines tr.group .opener");
        Await.until("the wins", () -> browser.texts("#blocks tr").size() == 3);

        axe.assertNoFinding();
        assertThat((List<?>) browser.script(Contrast.SCRIPT)).isEmpty();
        assertThat(browser.number("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
        browser.systemTheme("light");
    }

    @Test
    void hostileWords_areTextAndNothingElse() {
        farm = new CannedFarm();
        farm.machine(HOSTILE, HOSTILE).put("name", HOSTILE + "2").put("suspect", true).put("lastRejection", HOSTILE);
        farm.badPlots(HOSTILE, 1, 1).overlap(HOSTILE, HOSTILE + "1").wins("10.0.0.1");
        farm.answer("/api/upstreams", UPSTREAMS.replace("cannot connect", HOSTILE));
        show();
        awaitFinding("mine the same plot files");

        assertThat(browser.number("return document.querySelectorAll('body img').length")).isZero();
        assertThat(browser.script("return document.title").toString().toLowerCase(Locale.ROOT)).doesNotContain("owned");
    }
}
