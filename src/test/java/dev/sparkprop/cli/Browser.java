package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium with one page. */
final class Browser implements AutoCloseable {
    /** The paths of the Debian packages chromium and chromium-driver. */
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    /**
     * A strong reference, because a logger that is garbage-collected loses its level. Selenium warns that it does
     * not know the protocol version of this Chromium.
     */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts the browser. Aborts the tests if it is not installed. */
    static Browser start() {
        assumeTrue(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "no " + CHROMIUM + " with " + DRIVER + ": apt-get install chromium chromium-driver");
        SELENIUM.setLevel(Level.SEVERE);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
        options.addArguments("--window-size=1200,1000", "--force-device-scale-factor=1");
        options.setCapability("goog:loggingPrefs", logs);
        // with an explicit driver, Selenium does not search for one to download
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(DRIVER.toString()))
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    /** Opens a file and waits until its curves are drawn. */
    void open(Path page) {
        open(page, 1200);
    }

    /** Opens a file in a window of the given width in pixels, and waits until its curves are drawn. */
    void open(Path page, int width) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 1000, "deviceScaleFactor", 1, "mobile", width < 600));
        driver.get(page.toUri().toString());
        awaitFrames();
    }

    /** Selects the theme of the system, and waits until the page is drawn again. */
    void theme(String name) {
        Map<String, String> theme = Map.of("name", "prefers-color-scheme", "value", name);
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(theme)));
        awaitFrames();
    }

    private void awaitFrames() {
        driver.executeAsyncScript("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))");
    }

    /** Returns the result of a script: a string, a list, a double, or a long if the number is whole. */
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    double number(String script, Object... arguments) {
        return ((Number) run(script, arguments)).doubleValue();
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<String> texts(String selector) {
        return driver.findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getText)
                .toList();
    }

    /** Returns a builder of mouse and keyboard actions. */
    Actions actions() {
        return new Actions(driver);
    }

    void press(CharSequence... keys) {
        actions().sendKeys(keys).perform();
    }

    /** Gives an element the keyboard focus. Fails if the element cannot have it. */
    void focus(String selector) {
        run("document.querySelector(arguments[0]).focus()", selector);
        assertThat(run("return document.activeElement === document.querySelector(arguments[0])", selector))
                .isEqualTo(true);
    }

    /**
     * Presses the tab key {@code count} times and returns the elements that get the focus, each as its tag name
     * with its id or first class.
     */
    List<String> tabStops(int count) {
        List<String> stops = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            press(Keys.TAB);
            stops.add(String.valueOf(run("const at = document.activeElement; return at.tagName.toLowerCase()"
                    + " + (at.id ? '#' + at.id : at.className ? '.' + at.className.split(' ')[0] : '')")));
        }
        return stops;
    }

    /** Returns the console messages since the last call. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /**
     * Fails if the console has messages, or if the page requested a URL that is neither {@code file:} nor
     * {@code data:}.
     */
    void assertNoMessagesOrRequests() {
        assertThat(console()).isEmpty();
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            try {
                JsonNode event = new ObjectMapper().readTree(entry.getMessage()).path("message");
                if (event.path("method").asText().equals("Network.requestWillBeSent")) {
                    assertThat(event.at("/params/request/url").asText()).matches("(file|data):.*");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
