package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.Heavy;
import org.pocx.aggregator.simulator.farm.Behaviour;
import org.pocx.aggregator.simulator.farm.FarmPlan;
import org.pocx.aggregator.simulator.farm.MachineSettings;

/**
 * Takes the pictures of the page that are in docs/pictures: each run leaves them in target/pictures, to be looked at and
 * copied when the page has changed.
 */
@Heavy
class PicturesIT {
    private static final Path PICTURES = Path.of("target", "pictures");
    private static final long HEIGHT = 48_213;

    /** A network of 23 PiB. */
    private static final long BASE_TARGET = (1L << 42) / 120 / 23_552;

    @TempDir private static Path folder;
    @TempDir private static Path emptyFolder;
    @TempDir private static Path findingFolder;

    private static DashboardWorld world;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.open();
        List<MachineSettings> machines = FarmPlan.of(24, 6, 11, 5);
        new RememberedFarm(machines, HEIGHT, BASE_TARGET).write(folder.resolve("farm.db"));
        world = new DashboardWorld(folder, HEIGHT, BASE_TARGET, machines, groups(machines));
        world.farm().awaitIdle(world.chain().tip().blockHash(), Duration.ofMinutes(3));
    }

    /** Three barns; each fourth machine has a name. */
    private static String groups(List<MachineSettings> machines) {
        StringBuilder yaml = new StringBuilder("machines:\n");
        for (int i = 0; i < machines.size(); i++) {
            String name = i % 4 == 1 ? "name: rack-" + (char) ('a' + i / 4) + ", " : "";
            yaml.append("  \"%s\": { %sgroup: barn-%d }\n"
                    .formatted(machines.get(i).address().getHostAddress(), name, 1 + i * 3 / machines.size()));
        }
        return yaml.toString();
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

    private static void take(String name, boolean whole) throws IOException {
        Path file = PICTURES.resolve(name + ".png");
        browser.picture(file, whole);
        assertThat(Files.size(file)).isBetween(10_000L, 900_000L);
    }

    private static void show(int width, int height) {
        browser.show(world.page(), width, height);
        Await.until("the rows are there", () -> browser.texts("#machines tr.row").size() > 5);
        Await.until("the charts are there", () -> browser.text("#charts-note").contains("rounds"));
    }

    @Test
    void farmThatIsWell_byDayAndByNight() throws Exception {
        browser.systemTheme("light");
        show(1_440, 900);
        take("light", false);
        browser.systemTheme("dark");
        take("dark", false);
        browser.systemTheme("light");
    }

    @Test
    void phone() throws Exception {
        browser.systemTheme("dark");
        show(390, 844);
        take("phone", false);
        browser.script("document.getElementById('charts-title').scrollIntoView()");
        take("phone-charts", false);
        browser.script("document.getElementById('machines-title').scrollIntoView()");
        take("phone-machines", false);
        browser.systemTheme("light");
    }

    @Test
    void wall() throws Exception {
        show(2_560, 1_440);
        take("wall", false);
    }

    @Test
    void openMachine() throws Exception {
        show(1_440, 900);
        browser.click("#range [data-range=week]");
        browser.click("#machines tr.row:not(.group) .opener");
        Await.until("its accounts", () -> browser.texts(".parts tbody tr").size() == 1);
        browser.script("document.getElementById('machines-title').scrollIntoView()");
        take("open", false);
        browser.script("localStorage.clear()");
    }

    /** 2,000 machines in 40 groups. */
    @Test
    void groups() throws Exception {
        CannedFarm farm = new CannedFarm();
        for (int i = 0; i < 2_000; i++) {
            farm.machine("10.0." + i / 250 + "." + (1 + i % 250),
                    "barn-%d rack %c".formatted(1 + i / 400, 'A' + i / 50 % 8))
                    .put("totalCapacityTib", 80 + i * 7 % 50);
        }
        try (CannedDashboard many = new CannedDashboard()) {
            many.answer(farm.answers());
            browser.show(many.page(), 1_440, 900);
            Await.until("the rows are there", () -> browser.texts("#machines tr.row").size() > 5);
            browser.find("#machines tr.row:nth-child(4) .opener").click();
            browser.script("document.getElementById('machines-title').scrollIntoView()");
            take("groups", false);
            browser.show(world.page(), 1_440, 900); // nothing may ask a server that is gone
        }
    }

    @Test
    void outage() throws Exception {
        show(1_440, 900);
        world.node().stop();
        Await.until("it is told", () -> browser.text("#headline").startsWith("The upstream does not answer"));
        take("outage", false);
        world.node().start();
        Await.until("it is over", () -> browser.text("#headline").startsWith("All is well"));
    }

    /** One machine has a bad plot file. */
    @Test
    void finding() throws Exception {
        List<MachineSettings> machines = new ArrayList<>(FarmPlan.of(24, 6, 11, 5));
        new RememberedFarm(machines, HEIGHT, BASE_TARGET).write(findingFolder.resolve("farm.db"));
        machines.set(7, machines.get(7).withBehaviour(Behaviour.BAD_PLOT));
        try (DashboardWorld bad = new DashboardWorld(findingFolder, HEIGHT, BASE_TARGET, machines, groups(machines))) {
            browser.show(bad.page(), 1_440, 900);
            for (int round = 0; !browser.text("#headline").contains("nonces rejected"); round++) {
                assertThat(round).as("rounds until the machine is named").isLessThan(20);
                bad.farm().awaitIdle(bad.chain().tip().blockHash(), Duration.ofMinutes(3));
                bad.chain().forge();
                browser.reload();
                Await.until("the rows are there", () -> browser.texts("#machines tr.row").size() > 5);
            }
            bad.farm().awaitIdle(bad.chain().tip().blockHash(), Duration.ofMinutes(3));
            Await.until("the charts are there", () -> browser.text("#charts-note").contains("rounds"));
            take("finding", false);
            browser.show(world.page(), 1_440, 900); // nothing may ask a server that is gone
        }
    }

    @Test
    void nothingYet() throws Exception {
        try (DashboardWorld empty = new DashboardWorld(emptyFolder, 7, BASE_TARGET, List.of())) {
            browser.show(empty.page(), 1_440, 900);
            take("empty", false);
        }
    }
}
