package dev.sparkprop.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.network.ReferenceNetwork;
import dev.sparkprop.network.Topology;
import dev.sparkprop.store.Model;
import dev.sparkprop.store.ParameterHash;
import dev.sparkprop.store.RecordedRun;
import dev.sparkprop.store.RunDirectory;
import dev.sparkprop.store.files.InvalidFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Topology NET = RandomNets.sigmoid(2, 3, 1);

    @TempDir
    private Path directory;

    private void writeRecord(String best) throws IOException {
        Files.writeString(
                directory.resolve("run.json"),
                "{\"name\":\"n\",\"config\":{\"network\":{\"layers\":[2,3,1],\"hidden\":\"sigmoid\",\"output\":\"sigmoid\"}},"
                        + "\"result\":{\"best\":{\"iteration\":" + best + "}}}");
    }

    /** Returns a line whose parameters are drawn with the iteration as the seed. */
    private static ObjectNode line(int iteration) {
        ObjectNode line = JSON.createObjectNode().put("iteration", iteration).put("cost", 1.0 / (1 + iteration));
        ArrayNode parameters = line.putArray("parameters");
        for (double value : parameters(iteration)) {
            parameters.add(value);
        }
        return line.put("parametersSha256", ParameterHash.sha256(parameters(iteration)));
    }

    private static double[] parameters(int iteration) {
        return RandomNets.parameters(NET, iteration);
    }

    private void writeLines(int... iterations) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int iteration : iterations) {
            text.append(line(iteration)).append('\n');
        }
        Files.writeString(directory.resolve("metrics.jsonl"), text);
    }

    private void writeModel(int iteration) throws IOException {
        try (RunDirectory run = RunDirectory.open(directory.toString(), RunDirectory.Existing.RESUME)) {
            run.write(new Model(NET, parameters(iteration)));
        }
    }

    private JsonNode summary() throws IOException {
        return RunSummary.of(RecordedRun.open(directory.toString()));
    }

    private static List<String> iterations(JsonNode summary) {
        return summary.get("frames").findValuesAsText("iteration");
    }

    @Test
    void lastFrameIsTheModelIfTheirHashesMatch() throws IOException {
        writeRecord("10");
        writeLines(0, 10, 30);
        writeModel(30);
        assertThat(summary().get("model").intValue()).isEqualTo(30);
        assertThat(iterations(summary())).containsExactly("0", "10", "30");
    }

    @Test
    void bestModelIsShownAtItsIteration() throws IOException {
        writeRecord("20");
        writeLines(0, 10, 30);
        writeModel(20);
        assertThat(summary().get("model").intValue()).isEqualTo(20);
        assertThat(iterations(summary())).containsExactly("0", "10", "20", "30");
        assertThat(summary().at("/frames/2/parameters/0").doubleValue()).isEqualTo(Digits.six(parameters(20)[0]));
    }

    @Test
    void stoppedRunHasFramesAndNoModel() throws IOException {
        writeRecord("0");
        writeLines(0, 10);
        assertThat(summary().has("model")).isFalse();
        assertThat(iterations(summary())).containsExactly("0", "10");
        assertThat(summary().get("lines").intValue()).isEqualTo(2);
    }

    @Test
    void showsAFewOfManyFrames() throws IOException {
        writeRecord("0");
        int[] iterations = new int[200];
        for (int i = 0; i < iterations.length; i++) {
            iterations[i] = i;
        }
        writeLines(iterations);
        writeModel(199);
        assertThat(iterations(summary())).hasSizeBetween(8, 13).startsWith("0").endsWith("199");
    }

    @Test
    void surfaceShowsTheNetworksPredictions() throws IOException {
        writeRecord("0");
        writeLines(0);
        JsonNode surface = summary().get("surface");
        int size = surface.get("size").intValue();
        // there are no examples, so the grid surrounds the unit square
        assertThat(surface.get("low")).hasToString("[-0.25,-0.25]");
        assertThat(surface.get("high")).hasToString("[1.25,1.25]");
        ByteBuffer values = ByteBuffer.wrap(summary().at("/frames/0/values").binaryValue());
        ReferenceNetwork reference = new ReferenceNetwork(NET, parameters(0));
        assertThat(values.remaining()).isEqualTo(2 * size * size);
        for (int row = 0; row < size; row += 9) {
            for (int column = 0; column < size; column += 7) {
                double[] point = {-0.25 + 1.5 * column / (size - 1), -0.25 + 1.5 * row / (size - 1)};
                double a = (values.getShort(2 * (row * size + column)) & 0xFFFF) / 65535.0;
                assertThat(Math.abs(a - reference.predict(point)[0])).isLessThan(1e-4);
            }
        }
    }

    @Test
    void largeNetworksAreNotDrawn() throws IOException {
        Files.writeString(
                directory.resolve("run.json"),
                "{\"config\":{\"network\":{\"layers\":[40,30,1],\"hidden\":\"tanh\",\"output\":\"linear\"}}}");
        Files.writeString(directory.resolve("model.safetensors"), "nobody reads this");
        assertThat(summary().has("frames")).isFalse();
        assertThat(summary().get("lines").intValue()).isZero();
    }

    @Test
    void largeSeedsKeepAllDigits() throws IOException {
        Files.writeString(
                directory.resolve("run.json"),
                "{\"seed\":9007199254740993,\"config\":{\"seed\":-9007199254740993,\"iterations\":9007199254740992,"
                        + "\"network\":{\"layers\":[2,1],\"hidden\":\"tanh\",\"output\":\"sigmoid\"}}}");
        assertThat(summary().at("/record/seed")).hasToString("\"9007199254740993\"");
        assertThat(summary().at("/record/config/seed")).hasToString("\"-9007199254740993\"");
        assertThat(summary().at("/record/config/iterations")).hasToString("9007199254740992");
    }

    @Test
    void reportsADamagedLog() throws IOException {
        writeRecord("0");
        Files.writeString(directory.resolve("metrics.jsonl"), "{\"iteration\":0}\nnothing\n{\"iteration\":1}\n");
        assertThatThrownBy(() -> Report.page(List.of(RecordedRun.open(directory.toString()))))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("metrics.jsonl: line 2 is not");
    }

    @Test
    void omitsNonNumericValues() throws IOException {
        writeRecord("0");
        Files.writeString(
                directory.resolve("metrics.jsonl"),
                "{\"iteration\":0,\"cost\":\"</script>\",\"accuracy\":null,\"parameters\":[1,2]}\n"
                        + "{\"iteration\":1,\"cost\":0.5,\"milliseconds\":7}\n");
        assertThat(summary().at("/curves/cost")).hasToString("{\"x\":[1],\"y\":[0.5]}");
        assertThat(summary().at("/curves").has("accuracy")).isFalse();
        assertThat(summary().has("time")).isFalse();
        assertThat(summary().get("frames")).isEmpty();
    }

    @Test
    void pageContainsAllRuns() throws IOException {
        writeRecord("0");
        writeLines(0, 10);
        RecordedRun run = RecordedRun.open(directory.toString());
        String page = new String(Report.page(List.of(run, run)), StandardCharsets.UTF_8);
        assertThat(page).contains("<title>n and 1 more · sparkprop</title>");
        String data = page.substring(page.indexOf("id=\"data\">") + 10);
        assertThat(JSON.readTree(data.substring(0, data.indexOf("</script>")))).hasSize(2);
    }
}
