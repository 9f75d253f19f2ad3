package dev.sparkprop.store;

import dev.sparkprop.data.TargetKind;
import dev.sparkprop.fuzz.Fuzzer;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.network.Topology;
import dev.sparkprop.store.files.InvalidFileException;
import dev.sparkprop.store.files.Storage;
import dev.sparkprop.training.Best;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row 20: for any bytes, reading a file returns its contents or throws an {@code InvalidFileException}. */
class FilesFuzzTest {
    private static final Topology TOPOLOGY = RandomNets.sigmoid(2, 1);

    private static final List<String> TOKENS = Fuzzer.jsonTokens(
            "\"W1\"",
            "\"b1\"",
            "\"dtype\":\"F32\"",
            "\"shape\":[0]",
            "\"data_offsets\":[0,0]",
            "\"__metadata__\"",
            "8190-8190-1",
            "1-1",
            "relu,",
            "softmax",
            "\"best\"",
            "optimizer.");

    private static final List<Class<? extends Exception>> EXPECTED = List.of(InvalidFileException.class);
    private static final long FIXED_BYTES = 4 << 20;

    @TempDir
    private Path directory;

    private Path file(String name) {
        return directory.resolve(name);
    }

    private static org.apache.hadoop.fs.Path hadoop(Path file) {
        return new org.apache.hadoop.fs.Path(file.toUri());
    }

    private void fuzz(long seed, Path file, List<byte[]> seeds, Fuzzer.Reader reader) {
        new Fuzzer(seed, seeds, TOKENS, EXPECTED, FIXED_BYTES).run(4_000, input -> {
            Files.write(file, input);
            reader.read(input);
        });
    }

    @Test
    void anyModelIsReadOrRejected() throws IOException {
        Path file = file("m.safetensors");
        Models.write(new Model(TOPOLOGY, new double[] {1, 2, 3}), file);
        byte[] plain = Files.readAllBytes(file);
        Models.write(
                Models.model(
                        TOPOLOGY, TargetKind.TWO_CLASSES, new double[] {1, 2, 3}, List.of("no", "yes"), 1, 2, 3, 4),
                file);
        fuzz(1, file, List.of(plain, Files.readAllBytes(file)), input -> Model.read(file.toString()));
    }

    @Test
    void anyCheckpointIsReadOrRejected() throws IOException {
        Path file = file("iteration-0000000005.safetensors");
        Checkpoint checkpoint = new Checkpoint(
                5,
                new double[] {1, 2, 3},
                Map.of("velocity", new double[] {4, 5, 6}),
                6,
                0.5,
                new Best(4, 0.25, new double[] {3, 2, 1}),
                Map.of("seed", "1"),
                "fingerprint");
        Storage.of(hadoop(file)).writeWhole(hadoop(file), out -> checkpoint.write(out, TOPOLOGY));
        fuzz(2, file, List.of(Files.readAllBytes(file)), input -> Checkpoint.read(hadoop(file), TOPOLOGY));
    }

    @Test
    void anyInitialTensorsAreReadOrRejected() {
        Path file = file("w.json");
        ParameterLayout layout = new ParameterLayout(TOPOLOGY);
        List<byte[]> seeds = List.of("{\"b1\": [3], \"W1\": [[1, -2.5e-1]]}".getBytes(StandardCharsets.UTF_8));
        fuzz(3, file, seeds, input -> InitialParameters.read(file.toString(), layout));
    }
}
