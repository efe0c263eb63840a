package org.pocx.aggregator.cli.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.pocx.aggregator.core.testkit.Await;

/**
 * Headless Chromium as Debian packages it. Where it is not installed the tests that need it are skipped, with a line
 * that says so; with {@code POCX_BROWSER=required} in the environment, as in {@code .ci/run}, they fail instead.
 */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private final ChromeDriver driver;
    private final Path profile;

    private Browser(ChromeDriver driver, Path profile) {
        this.driver = driver;
        this.profile = profile;
    }

    /** A browser with an empty profile; skips the tests that want it where there is none. */
    static Browser open() throws IOException {
        boolean there = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
        String missing = "no browser: " + CHROMIUM + " and " + DRIVER + " are not both there (Debian: apt-get install"
                + " chromium chromium-driver); the tests of the page are skipped";
        if (!there && "required".equals(System.getenv("POCX_BROWSER"))) {
            throw new AssertionError(missing + ", and POCX_BROWSER=required");
        }
        if (!there) {
            System.out.println("SKIPPED: " + missing);
        }
        assumeTrue(there, missing);
        Path profile = Files.createTempDirectory("pocx-browser-");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options(profile)), profile);
    }

    private static ChromeOptions options(Path profile) {
        LoggingPreferences log = new LoggingPreferences();
        log.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--force-prefers-reduced-motion", // a bar that creeps costs half a processor where there is no GPU
                "--enable-blink-features=ComputedAccessibilityInfo", // an element's name as a screen reader says it

                "--lang=en-GB",
                "--user-data-dir=" + profile);
        options.setCapability("goog:loggingPrefs", log);
        return options;
    }

    /** Shows a page on a screen of that size, and waits until the aggregator has told it how all is. */
    void show(URI page, int width, int height) {
        screen(width, height, width < 600);
        driver.get(page.toString());
        Await.until("the page is told how all is", () -> text("#link").equals("live") && !text("#height").isEmpty());
    }

    /** Shows any page. */
    void visit(URI page) {
        driver.get(page.toString());
    }

    void screen(int width, int height, boolean phone) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
    }

    /** What the system's theme is: "light" or "dark". */
    void systemTheme(String theme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
    }

    /** Where the screen is, such as "Europe/Berlin". */
    void zone(String zone) {
        driver.executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", zone));
    }

    /** A script that runs before those of each page that is shown from now on. */
    void beforeEachPage(String script) {
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    }

    String text(String selector) {
        Object text =
                script("const found = document.querySelector(arguments[0]); return found ? found.textContent : ''",
                        selector);
        return Objects.requireNonNullElse(text, "").toString();
    }

    /** The texts of all that match. */
    List<String> texts(String selector) {
        return script("return [...document.querySelectorAll(arguments[0])].map((found) => found.textContent)",
                selector) instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
    }

    long number(String script, Object... arguments) {
        return script(script, arguments) instanceof Number number ? number.longValue() : -1;
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Runs a script that calls its last argument when it is done. */
    Object scriptToItsEnd(String script, Object... arguments) {
        driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(3));
        return driver.executeAsyncScript(script, arguments);
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    void click(String selector) {
        find(selector).click();
    }

    /** Presses keys one after another, whatever has the focus. */
    void press(List<Keys> keys) {
        driver.switchTo().activeElement().sendKeys(keys.toArray(CharSequence[]::new));
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    void reload() {
        driver.navigate().refresh();
    }

    /** What the browser complained about since the last call, what it could not load apart. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** A picture of the whole page, or of what the screen shows of it. */
    void picture(Path file, boolean whole) throws IOException {
        Map<String, Object> taken = driver.executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", whole));
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, Base64.getDecoder().decode(String.valueOf(taken.get("data"))));
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(Browser::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
