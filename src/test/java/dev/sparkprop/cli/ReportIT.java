package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sparkprop.cli.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Tests reports in a browser. */
class ReportIT {
    private static final String HOSTILE = "</script><img src=x onerror=alert(1)>";
    private static final String PLOT = "document.querySelectorAll('.chart')[%d].plot";

    @WorkingDirectory
    private static Path directory;

    private static Browser browser;
    private static Outcome trained;

    @BeforeAll
    static void trainAndStartBrowser() throws IOException {
        browser = Browser.start();
        String[] conf = {"train", Program.PROJECT.resolve("conf/xor-wide.conf").toString(), "--output", "xor"};
        String[] quick = {"--set", "optimizer={name=adam,learning-rate=0.1}", "--set", "training.iterations=100"};
        String[] often = {"--set", "training.log-every=5"};
        trained = Runs.sparkprop(directory, Runs.merge(Runs.merge(conf, quick), Runs.merge(often, Runs.SCALAR)));
        assertThat(trained.exitCode()).as(trained.errors()).isZero();
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void assertNoMessagesOrRequests() {
        browser.assertNoMessagesOrRequests();
    }

    private static Path xor() {
        return directory.resolve("xor/report.html");
    }

    private static double plot(int number, String expression) {
        return browser.number("return " + PLOT.formatted(number) + expression);
    }

    /** Returns the number of pixels of a plot that are coloured, unlike its grey axes. */
    private static double colouredPixels(int plot) {
        return browser.number("const canvas = document.querySelectorAll('.chart canvas')[" + plot + "];"
                + "const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);"
                + "let count = 0;"
                + "for (let i = 0; i < data.length; i += 4)"
                + "  count += data[i + 3] > 0 && Math.max(data[i], data[i + 1], data[i + 2])"
                + "    - Math.min(data[i], data[i + 1], data[i + 2]) > 60;"
                + "return count;");
    }

    /** Returns the colour of the plane near a corner of the unit square, next to the point at the corner. */
    private static List<?> plane(int x1, int x2) {
        return (List<?>) browser.run(
                "const canvas = document.getElementById('surface');"
                        + "const at = v => Math.round((v + 0.25) / 1.5 * canvas.width);"
                        // a copy, because browsers warn about canvases that are read repeatedly
                        + "const copy = document.createElement('canvas').getContext('2d');"
                        + "copy.drawImage(canvas, -at(arguments[0]) - 25, at(arguments[1]) - canvas.height - 25);"
                        + "return [...copy.getImageData(0, 0, 1, 1).data]",
                x1,
                x2);
    }

    private static boolean blue(List<?> pixel) {
        return ((Number) pixel.get(2)).intValue() > ((Number) pixel.get(0)).intValue() + 40;
    }

    private static boolean orange(List<?> pixel) {
        return ((Number) pixel.get(0)).intValue() > ((Number) pixel.get(2)).intValue() + 40;
    }

    @Test
    void trainingWritesAReportWithItsCurves() {
        assertThat(trained.after("Report:")).isEqualTo("xor/report.html");
        assertThat(directory.resolve("xor/_SUCCESS")).exists();
        browser.open(xor());
        assertThat(browser.texts("h1")).containsExactly("xor-wide");
        assertThat(browser.texts(".status")).containsExactly("finished");
        assertThat(browser.texts(".tiles dt")).containsExactly("Cost", "Accuracy", "Iterations", "Training time");
        assertThat(browser.texts("#curves figcaption")).hasSize(4);
        for (int plot = 0; plot < 4; plot++) {
            assertThat(colouredPixels(plot)).isGreaterThan(300);
        }
        assertThat(browser.texts("#record dd")).contains(trained.after("Parameters SHA-256"), "adam", "local[*]");
    }

    @Test
    void mouseShowsValuesAndZooms() {
        browser.open(xor());
        WebElement cost = browser.find(".chart .u-over");
        browser.actions().moveToElement(cost, 0, 0).perform();
        assertThat(Double.parseDouble(browser.texts(".chart .u-value").get(0))).isBetween(40.0, 60.0);
        assertThat(Double.parseDouble(browser.texts(".chart .u-value").get(1))).isBetween(0.0, 1.0);
        browser.actions()
                .moveToElement(cost, -60, 0)
                .clickAndHold()
                .moveByOffset(60, 0)
                .release()
                .perform();
        assertThat(plot(0, ".scales.x.min")).isBetween(20.0, 45.0);
        assertThat(plot(0, ".scales.x.max")).isBetween(48.0, 53.0);
        // all plots show the same iterations
        assertThat(plot(1, ".scales.x.min")).isCloseTo(plot(0, ".scales.x.min"), within(1.0));
        browser.actions().doubleClick(cost).perform();
        assertThat(plot(0, ".scales.x.min")).isZero();
        assertThat(plot(0, ".scales.x.max")).isEqualTo(100);
    }

    @Test
    void keysShowValuesAndZoom() {
        browser.open(xor());
        browser.focus(".chart");
        browser.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        assertThat(browser.texts(".chart .u-value").get(0)).isEqualTo("60");
        browser.press("+");
        assertThat(plot(0, ".scales.x.min")).isEqualTo(35);
        assertThat(plot(0, ".scales.x.max")).isEqualTo(85);
        browser.press(Keys.ESCAPE);
        assertThat(plot(0, ".scales.x.max")).isEqualTo(100);
    }

    @Test
    void costScaleCanBeLogarithmic() {
        browser.open(xor());
        assertThat(plot(0, ".scales.y.distr")).isEqualTo(1);
        browser.find("#log").click();
        assertThat(plot(0, ".scales.y.distr")).isEqualTo(3);
        // the scale of the accuracy stays linear
        assertThat(plot(1, ".scales.y.distr")).isEqualTo(1);
        assertThat(colouredPixels(0)).isGreaterThan(300);
    }

    @Test
    void planeSeparatesTheClassesOnlyAfterTraining() {
        browser.open(xor());
        assertThat(browser.texts("output")).containsExactly("iteration 100 (saved model)");
        for (int corner = 0; corner < 4; corner++) {
            List<?> pixel = plane(corner / 2, corner % 2);
            boolean differ = corner / 2 != corner % 2;
            assertThat(differ ? blue(pixel) : orange(pixel))
                    .as(corner + ": " + pixel)
                    .isTrue();
        }
        browser.focus("#frame");
        browser.press(Keys.HOME);
        assertThat(browser.texts("output")).containsExactly("iteration 0");
        assertThat(orange(plane(0, 0)) && orange(plane(1, 1)) && blue(plane(0, 1)) && blue(plane(1, 0)))
                .isFalse();
        browser.press(Keys.ARROW_RIGHT);
        assertThat(browser.texts("output").get(0)).matches("iteration [1-9].*");
        browser.find(".small button:last-child").click();
        assertThat(browser.texts("output")).containsExactly("iteration 100 (saved model)");
        assertThat(browser.run("return document.querySelectorAll('.net line').length"))
                .isEqualTo(30L);
        assertThat(browser.run("return document.querySelector('.net line title').textContent")
                        .toString())
                .matches("W1\\[0,0] = -?[0-9.]+");
    }

    @Test
    void confusionMatrixCountsAllExamples() {
        browser.open(xor());
        assertThat(browser.find("#confusion .about").getText())
                .startsWith("4 of 4 training examples are classified correctly");
        assertThat(browser.texts("#confusion td")).containsExactly("2", "0", "100 %", "0", "2", "100 %");
    }

    @Test
    void timePerPhaseIsShownAsABarAndAPlot() {
        browser.open(xor());
        assertThat(browser.texts("#time .legend li")).hasSizeGreaterThan(3);
        double width = browser.number(
                "return [...document.querySelectorAll('#time .bar rect')].reduce((sum, r) => sum + r.width.baseVal.value, 0)");
        assertThat(width).isCloseTo(1000, within(0.01));
        assertThat(colouredPixels(4)).isGreaterThan(3_000);
    }

    @Test
    void tabKeyReachesAllControls() {
        browser.open(xor());
        assertThat(browser.tabStops(9))
                .containsExactly(
                        "a.skip",
                        "input#log",
                        "div.chart",
                        "div.chart",
                        "div.chart",
                        "div.chart",
                        "input#frame",
                        "button",
                        "button");
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 1200})
    void pageFitsInTheWindow(int width) {
        browser.open(xor(), width);
        assertThat(browser.number("return document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(width);
        assertThat(colouredPixels(0)).isGreaterThan(200);
    }

    @Test
    void severalRunsAreDrawnInOnePlot() throws IOException {
        Path other = directory.resolve("other");
        createRun(other, "other", 30);
        Path page = directory.resolve("both.html");
        assertThat(Main.run(
                        "report", directory.resolve("xor").toString(), other.toString(), "--output", page.toString()))
                .isZero();
        browser.open(page);
        assertThat(plot(0, ".series.length")).isEqualTo(3);
        assertThat(browser.texts(".chart .u-label")).contains("xor-wide", "other");
        assertThat(browser.texts("#differences thead th")).containsExactly("Key", "xor-wide", "other");
        assertThat(browser.texts("#differences tbody th")).contains("optimizer.learning-rate", "network.layers");
        assertThat(browser.texts("#record .about").get(0)).endsWith("/xor");
        browser.focus("#run");
        browser.press(Keys.ARROW_DOWN);
        assertThat(browser.texts("#record .about")).containsExactly(other.toString());
        assertThat(browser.run("return document.getElementById('surface')")).isNull();
        // the curves of all runs still follow the theme
        String light = strokeOfTheFirstCurve();
        browser.theme("dark");
        String dark = strokeOfTheFirstCurve();
        browser.theme("light");
        assertThat(dark).isNotEqualTo(light);
        assertThat(strokeOfTheFirstCurve()).isEqualTo(light);
    }

    private static String strokeOfTheFirstCurve() {
        return String.valueOf(browser.run("return " + PLOT.formatted(0) + ".series[1].stroke()"));
    }

    @Test
    void hostileNamesAreShownAsText() throws IOException {
        Path run = directory.resolve("hostile");
        createRun(run, HOSTILE, 3);
        String examples = "{\"counted\":\"NAME\",\"features\":[\"NAME\",\"NAME\"],\"classes\":[\"NAME\",\"b\"],"
                + "\"confusion\":[[1,2],[3,4]],\"points\":[[0,0,0],[1,1,1]]}";
        Files.writeString(run.resolve("examples.json"), examples.replace("NAME", HOSTILE));
        assertThat(Main.run("report", run.toString())).isZero();
        browser.open(run.resolve("report.html"));
        assertThat(browser.texts("h1")).containsExactly(HOSTILE);
        assertThat(browser.texts("#confusion tbody th")).containsExactly(HOSTILE, "b");
        assertThat(browser.texts("#learned .plane .x span")).hasSize(3);
        assertThat(browser.run("return document.images.length + document.querySelectorAll('[onerror]').length"))
                .isEqualTo(0L);
        assertThat(browser.console()).isEmpty();
        // an injected script would not run, either
        browser.run("const script = document.createElement('script'); script.textContent = 'window.ran = true';"
                + "document.body.append(script)");
        assertThat(browser.run("return window.ran")).isNull();
        assertThat(browser.console()).singleElement().asString().contains("Content Security Policy");
    }

    @Test
    void tenThousandLinesMakeASmallPage() throws IOException {
        Path run = directory.resolve("long");
        createRun(run, "long", 10_000);
        assertThat(Main.run("report", run.toString())).isZero();
        Path page = run.resolve("report.html");
        assertThat(Files.size(page)).isLessThan(2_000_000);
        browser.open(page);
        assertThat(plot(0, ".data[0].length")).isBetween(1_000.0, 2_100.0);
        // the single outlier is kept
        assertThat(browser.number("return Math.max(..." + PLOT.formatted(0) + ".data[1])"))
                .isEqualTo(9);
    }

    @Test
    void invalidArgumentsExitWithTheirCodes() throws IOException {
        assertThat(Main.run("report", directory.resolve("nothing").toString())).isEqualTo(66);
        Path run = directory.resolve("damaged");
        createRun(run, "damaged", 3);
        Files.writeString(run.resolve("metrics.jsonl"), "{\"iteration\":0}\n{\"iter\n{\"iteration\":2}\n");
        assertThat(Main.run("report", run.toString())).isEqualTo(65);
        assertThat(run.resolve("report.html")).doesNotExist();
        assertThat(Main.run(
                        "report",
                        xor().getParent().toString(),
                        "--output",
                        run.resolve("a/b.html").toString()))
                .isEqualTo(74);
        assertThat(Main.run("report")).isEqualTo(2);
    }

    /**
     * Creates the directory of a run of a network with two inputs. Its log has {@code lines} lines after the first.
     */
    private static void createRun(Path run, String name, int lines) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode record =
                json.createObjectNode().put("name", name).put("status", name).put("started", name);
        record.putObject("versions").put(name, name);
        ObjectNode config = record.putObject("config");
        config.put(name, name).putObject("optimizer").put("learning-rate", 0.5);
        config.putObject("network")
                .put("hidden", "tanh")
                .put("output", "sigmoid")
                .putArray("layers")
                .add(2)
                .add(1);
        Files.createDirectories(run);
        json.writeValue(run.resolve("run.json").toFile(), record);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i <= lines; i++) {
            ObjectNode line =
                    json.createObjectNode().put("iteration", i).put("cost", i == lines / 3 ? 9 : 1.0 / (i + 1));
            line.put("accuracy", 0.5).put("gradientNorm", 1e-3 * (i % 7)).put("updateRatio", 1e-4 * (i % 5));
            line.putObject("milliseconds").put("compute", 1 + i % 3).put(name, 2);
            if (name.equals(HOSTILE)) {
                line.putArray("parameters").add(1).add(i).add(0.5);
            }
            text.append(line).append('\n');
        }
        Files.writeString(run.resolve("metrics.jsonl"), text);
    }
}
