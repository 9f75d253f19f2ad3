package dev.sparkprop.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkprop.kernel.Activation;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.store.files.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedRunTest {
    private static final String NET =
            "\"layers\":[2,3,4,5],\"hidden\":[\"tanh\",\"leaky-relu\"],\"output\":\"softmax\",\"loss\":null";

    @TempDir
    private Path directory;

    @BeforeEach
    void writeRun() throws IOException {
        write("run.json", "{\"name\":\"a\",\"config\":{\"network\":{" + NET + "}}}");
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }

    private RecordedRun run() throws IOException {
        return RecordedRun.open(directory.toString());
    }

    private List<Integer> iterations() throws IOException {
        List<Integer> iterations = new ArrayList<>();
        run().metrics((iteration, line) -> iterations.add(iteration));
        return iterations;
    }

    @Test
    void readsTheTopologyFromTheConfiguration() throws IOException {
        assertThat(run().topology().toString()).isEqualTo("2-3-4-5");
        assertThat(run().topology().hidden()).containsExactly(Activation.TANH, Activation.LEAKY_RELU);
        assertThat(run().topology().output()).isEqualTo(Output.SOFTMAX);
        write(
                "run.json",
                "{\"config\":{\"network\":{\"layers\":[2,1],\"hidden\":\"sigmoid\",\"output\":\"sigmoid\"}}}");
        assertThat(run().topology()).isEqualTo(RandomNets.sigmoid(2, 1));
    }

    @Test
    void rejectsADirectoryWithoutARecord() throws IOException {
        Files.delete(directory.resolve("run.json"));
        assertThatThrownBy(this::run)
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(directory + ": not a run directory: it has no run.json");
        assertThatThrownBy(() -> RecordedRun.open(directory.resolve("none").toString()))
                .isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{\"name\":", "{\"config\":1}", "{\"name\":\"a\"}", "\u0000"})
    void rejectsAnInvalidRecord(String text) throws IOException {
        write("run.json", text);
        assertThatThrownBy(this::run)
                .isInstanceOf(InvalidFileException.class)
                .hasMessageStartingWith("Invalid file " + directory + "/run.json: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[2,3,4,5] | []     | layers is ''",
                "[2,3,4,5] | [2,0]  | must be two or more widths",
                "[2,3,4,5] | [2,3]  | must be one activation",
                "softmax   | soft   | output is 'soft'",
                "tanh      | tangle | hidden is 'tangle'"
            })
    void rejectsAnInvalidNetwork(String text, String replacement, String problem) throws IOException {
        write("run.json", "{\"config\":{\"network\":{" + NET.replace(text, replacement) + "}}}");
        assertThatThrownBy(() -> run().topology())
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("run.json")
                .hasMessageContaining(problem);
    }

    @Test
    void readsLinesInOrderAndIgnoresAPartialLastLine() throws IOException {
        assertThat(iterations()).isEmpty();
        assertThat(run().hasMetrics()).isFalse();
        write("metrics.jsonl", "{\"iteration\":0}\n{\"iteration\":5}\n");
        assertThat(iterations()).containsExactly(0, 5);
        assertThat(run().hasMetrics()).isTrue();
        write("metrics.jsonl", "{\"iteration\":0}\n{\"iteration\":5}\n{\"iteration\":10,\"co");
        assertThat(iterations()).containsExactly(0, 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"iteration\":1,\"co", "7", "{}", "{\"iteration\":0}", "{\"iteration\":\"x\"}", ""})
    void reportsTheNumberOfADamagedLine(String damaged) throws IOException {
        write("metrics.jsonl", "{\"iteration\":0}\n" + damaged + "\n{\"iteration\":5}\n");
        assertThatThrownBy(this::iterations)
                .isInstanceOf(InvalidFileException.class)
                .hasMessage("Invalid file " + directory
                        + "/metrics.jsonl: line 2 is not a JSON object with an iteration greater than 0");
    }

    @Test
    void readsBackWrittenExamples() throws IOException {
        assertThat(run().examples()).isEmpty();
        RunExamples examples = new RunExamples(
                "training",
                List.of(),
                List.of("a", "b"),
                List.of(List.of(1.0, 2.0), List.of(0.5, 4.0)),
                List.of(List.of(0.5f, 1.5f, 1f)));
        try (RunDirectory open = RunDirectory.open(directory.toString(), RunDirectory.Existing.RESUME)) {
            assertThat(open.write(examples)).endsWith("/examples.json");
        }
        assertThat(run().examples()).contains(examples);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"classes\":[\"a\"]}",
                "{\"classes\":[\"a\"],\"confusion\":[[1,2]]}",
                "{\"points\":[[1,2]]}",
                "{\"points\":[null]}",
                "{\"points\":3}",
                "[]",
                "{\"po"
            })
    void rejectsInvalidExamples(String text) throws IOException {
        write("examples.json", text);
        assertThatThrownBy(() -> run().examples())
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("examples.json");
    }
}
