package dev.sparkprop.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.store.files.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitialParametersTest {
    private static final ParameterLayout LAYOUT = new ParameterLayout(RandomNets.sigmoid(2, 1));

    @TempDir
    private Path directory;

    private double[] read(String json) throws IOException {
        Path file = Files.writeString(directory.resolve("w.json"), json);
        return InitialParameters.read(file.toString(), LAYOUT);
    }

    @Test
    void readsTensorsInAnyOrder() throws IOException {
        assertThat(read("{\"b1\": [3], \"W1\": [[1, -2.5e-1]]}")).containsExactly(1, -0.25, 3);
    }

    @Test
    void readsTheParametersOfAModel() throws IOException {
        Path file = directory.resolve("m.safetensors");
        Models.write(new Model(RandomNets.sigmoid(2, 1), new double[] {1, 2, 3}), file);
        assertThat(InitialParameters.read(file.toString(), LAYOUT)).containsExactly(1, 2, 3);
    }

    /** Row 20: invalid tensors and invalid JSON. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"W1\": [[1, 2]]} | b1 is missing (must have shape [1])",
                "{\"W1\": [[1, 2]], \"b1\": [1], \"W2\": [[1]]} | W2 is not a tensor of this net",
                "{\"W1\": [[1], [2]], \"b1\": [1]} | W1 has shape [2, 1] (must be [1, 2])",
                "{\"W1\": [1, 2], \"b1\": 1} | W1 has shape [2] (must be [1, 2]); b1 has shape [] (must be [1])",
                "{\"W1\": [[1, 1e999]], \"b1\": [1]} | W1 contains Infinity at position 1 (must be finite in float32)",
                "{\"W1\": [[1, \"2\"]], \"b1\": [1]} | W1 contains \"2\" (must be a number)",
                "{\"W1\": [[1, 2], [3]], \"b1\": [1]} | W1 has rows of different lengths or depths",
                "{\"W1\": [[[1, 2]]], \"b1\": [1]} | W1 has more than 2 dimensions",
                "{\"W1\": [[1, NaN]], \"b1\": [1]} | not JSON",
                "{\"W1\": [[1, 1e39]], \"b1\": [1]} | W1 contains 1.0E39 at position 1 (must be finite in float32)",
                "{\"W1\": [[1, 2]], \"b1\": [1], \"b1\": [2]} | not JSON: Duplicate",
                "{\"W1\": [[1, 2]], \"b1\": [1]} more | not JSON",
                "[1] | not a JSON object",
                "`` | not a JSON object",
                "{\"W1\": | not JSON",
            })
    void reportsEachProblem(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining(message);
    }

    /** Row 20: deeply nested arrays. */
    @Test
    void deepNestingDoesNotExhaustTheStack() {
        assertThatThrownBy(() -> read("{\"W1\": " + "[".repeat(1_000_000) + "]".repeat(1_000_000) + "}"))
                .hasMessageContaining("W1 has more than 2 dimensions");
    }

    @Test
    void reportsAllProblemsAtOnce() {
        assertThatThrownBy(() -> read("{\"W1\": [[1]], \"W7\": 1}"))
                .hasMessageContaining(
                        "W1 has shape [1, 1] (must be [1, 2]); b1 is missing (must have shape [1]); W7 is not");
    }

    @Test
    void reportsAMissingFile() {
        assertThatThrownBy(() ->
                        InitialParameters.read(directory.resolve("none.json").toString(), LAYOUT))
                .isInstanceOf(NoSuchFileException.class);
    }
}
