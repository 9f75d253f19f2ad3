package dev.sparkprop.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkprop.kernel.Activation;
import dev.sparkprop.network.Loss;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.network.Topology;
import dev.sparkprop.store.files.InvalidFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelTest {
    private static final Topology TOPOLOGY = RandomNets.sigmoid(2, 3, 1);

    @TempDir
    private Path directory;

    private Path writeModel() throws IOException {
        Path file = directory.resolve("model.safetensors");
        Models.write(new Model(TOPOLOGY, RandomNets.parameters(TOPOLOGY, 1)), file);
        return file;
    }

    private Path writeFile(String header, int valueBytes) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + valueBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text);
        return Files.write(directory.resolve("crafted.safetensors"), bytes.array());
    }

    @Test
    void modelIsReadBackExactlyFromItsFileOrDirectory() throws IOException {
        Path file = writeModel();
        for (Path path : new Path[] {file, directory}) {
            Model read = Model.read(path.toString());
            assertThat(read.topology()).isEqualTo(TOPOLOGY);
            assertThat(read.parameters()).containsExactly(RandomNets.parameters(TOPOLOGY, 1));
        }
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void readsBackMixedAndMissingHiddenLayers() throws IOException {
        Topology mixed = new Topology(
                List.of(2, 3, 3, 1), List.of(Activation.RELU, Activation.TANH), Output.LINEAR, Loss.SQUARED_ERROR);
        for (Topology topology : List.of(mixed, RandomNets.sigmoid(2, 1))) {
            Path file = directory.resolve(topology + ".safetensors");
            Models.write(new Model(topology, RandomNets.parameters(topology, 1)), file);
            assertThat(Model.read(file.toString()).topology()).isEqualTo(topology);
        }
    }

    @Test
    void writesTheSafetensorsFormat() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(writeModel())).order(ByteOrder.LITTLE_ENDIAN);
        int header = (int) bytes.getLong();
        assertThat(header % 8).isZero();
        assertThat(new String(bytes.array(), 8, header, StandardCharsets.UTF_8))
                .startsWith("{\"__metadata__\":{")
                .contains("\"W1\":{\"dtype\":\"F64\",\"shape\":[3,2],\"data_offsets\":[0,48]}")
                .contains("\"b2\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[96,104]}");
        assertThat(bytes.getDouble(8 + header)).isEqualTo(RandomNets.parameters(TOPOLOGY, 1)[0]);
        assertThat(bytes.capacity()).isEqualTo(8 + header + 104);
    }

    @Test
    void detectsEveryTruncation() throws IOException {
        Path file = writeModel();
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 0; length < bytes.length; length++) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> Model.read(file.toString()))
                    .as("%d bytes", length)
                    .isInstanceOf(InvalidFileException.class);
        }
    }

    /** Row 20: invalid headers. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | 0 | its header is not a JSON object",
                "{x | 0 | its header is not JSON",
                "{\"W1\":{}, \"W1\":{}} | 0 | its header is not JSON: Duplicate",
                "{\"W1\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,2]}} | 2 | W1 has dtype 'F16' (must be F32 or F64)",
                "{\"W1\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} | 4 | W1 has shape [2] of F32 but data_offsets [0,4]",
                "{\"W1\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | 4 | W1 has shape [-1]",
                "{\"W1\":{\"dtype\":\"F32\",\"shape\":[65536,65536],\"data_offsets\":[0,0]}} | 0 | W1 has shape [65536,65536]",
                "{\"W1\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,4],\"data_offsets\":[0,4]}} | 4 | W1 has shape",
                "{\"W1\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}} | 4 | data_offsets [-4,0]",
                "{\"W1\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b1\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"
                        + " | 8 | b1 starts at byte 0 of the values (must be 4)",
                "{\"W1\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | 8 | W1 starts at byte 4 of the values (must be 0)",
                "{\"W1\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | 8 | 8 bytes of values (must be 4",
                "{\"__metadata__\":{\"a\":1}} | 0 | __metadata__.a is not a string",
                "{\"__metadata__\":{\"sparkprop.model\":\"2\"}} | 0 | sparkprop.model is 2 (must be 1)",
                "{} | 0 | sparkprop.model is null (must be 1): not a model",
                "{\"__metadata__\":{\"sparkprop.model\":\"1\",\"layers\":\"2-x\"}} | 0 | layers is '2-x' (must be widths",
                "{\"__metadata__\":{\"sparkprop.model\":\"1\",\"layers\":\"2-1\"}} | 0 | hidden is '' (must be one of sigmoid, tanh, relu, leaky-relu, linear)",
                "{\"__metadata__\":{\"sparkprop.model\":\"1\",\"layers\":\"9\",\"hidden\":\"sigmoid\",\"output\":\"sigmoid\",\"loss\":\"binary-cross-entropy\"}}"
                        + " | 0 | Invalid layers: [9]",
                "{\"__metadata__\":{\"sparkprop.model\":\"1\",\"layers\":\"1-1\",\"hidden\":\"sigmoid\",\"output\":\"sigmoid\",\"loss\":\"binary-cross-entropy\"}}"
                        + " | 0 | W1 is missing (must have shape [1, 1]); b1 is missing (must have shape [1])",
            })
    void reportsFormatViolations(String header, int valueBytes, String message) throws IOException {
        Path file = writeFile(header, valueBytes);
        assertThatThrownBy(() -> Model.read(file.toString()))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining(message);
    }

    /** Row 20: a header length beyond the end of the file. */
    @Test
    void rejectsAHeaderLengthBeyondTheFile() throws IOException {
        Path file = directory.resolve("long.safetensors");
        byte[] bytes = new byte[16];
        Arrays.fill(bytes, 0, 8, (byte) 0x7f);
        Files.write(file, bytes);
        assertThatThrownBy(() -> Model.read(file.toString()))
                .hasMessageContaining("its header claims 9187201950435737471 bytes (must be 2 to 8)");
    }

    @Test
    void reportsAMissingModel() {
        assertThatThrownBy(() -> Model.read(directory.resolve("none").toString()))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(directory.resolve("none") + ": file not found");
        assertThatThrownBy(() -> Model.read(directory.toString())).isInstanceOf(NoSuchFileException.class);
    }
}
