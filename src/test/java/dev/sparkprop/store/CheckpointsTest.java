package dev.sparkprop.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkprop.network.RandomNets;
import dev.sparkprop.network.Topology;
import dev.sparkprop.store.files.InvalidFileException;
import dev.sparkprop.store.files.Storage;
import dev.sparkprop.store.lock.OwnedFiles;
import dev.sparkprop.store.lock.RunLock;
import dev.sparkprop.training.Best;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    private static final Topology NET = RandomNets.sigmoid(2, 1);

    @TempDir
    private Path root;

    private Path directory;

    private RunLock lock;

    @BeforeEach
    void lock() throws IOException {
        lock = RunLock.acquire(new org.apache.hadoop.fs.Path(root.toString()));
        directory = root.resolve("checkpoints");
        Files.createDirectory(directory);
    }

    @AfterEach
    void unlock() throws IOException {
        lock.close();
    }

    private Checkpoints checkpoints(int keep) throws IOException {
        return checkpoints(NET, keep);
    }

    private Checkpoints checkpoints(Topology net, int keep) throws IOException {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(directory.toString());
        return new Checkpoints(path, new OwnedFiles(Storage.of(path), lock), net, keep);
    }

    private static Checkpoint checkpoint(int iteration) {
        return new Checkpoint(
                iteration,
                RandomNets.parameters(NET, iteration),
                Map.of("velocity", new double[] {-0.0, 1e300, iteration}, "step", new double[] {iteration}),
                2L * iteration,
                1.5 * iteration,
                iteration == 3 ? new Best(2, 0.25, RandomNets.parameters(NET, 2)) : new Best(iteration, 0.25),
                Map.of("seed", "1"),
                "abc");
    }

    private Path file(int iteration) {
        return directory.resolve(String.format("iteration-%010d.safetensors", iteration));
    }

    private List<String> fileNames() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(Path::getFileName).map(Path::toString).sorted().toList();
        }
    }

    @Test
    void restoresTheBestParametersIfTheyWereStored() throws IOException {
        checkpoints(2).write(checkpoint(3));
        Best best = checkpoints(2).newest(warning -> {}).orElseThrow().best();
        assertThat(best.iteration()).isEqualTo(2);
        assertThat(best.parameters()).containsExactly(RandomNets.parameters(NET, 2));
    }

    @Test
    void restoresTheNewestCheckpoint() throws IOException {
        assertThat(checkpoints(2).newest(warning -> {})).isEmpty();
        checkpoints(2).write(checkpoint(3));
        checkpoints(2).write(checkpoint(20));
        Checkpoint newest = checkpoints(2).newest(warning -> {}).orElseThrow();
        assertThat(newest.iteration()).isEqualTo(20);
        assertThat(newest.parameters()).containsExactly(checkpoint(20).parameters());
        assertThat(newest.optimizer()).containsOnlyKeys("velocity", "step");
        assertThat(newest.optimizer().get("velocity")).containsExactly(-0.0, 1e300, 20);
        assertThat(newest.optimizer().get("step")).containsExactly(20);
        assertThat(newest.best()).isEqualTo(new Best(20, 0.25));
        assertThat(newest.elapsedSeconds()).isEqualTo(30);
        assertThat(newest.config()).isEqualTo(Map.of("seed", "1"));
        assertThat(newest.data()).isEqualTo("abc");
    }

    @Test
    void keepsTheGivenNumberOfCheckpoints() throws IOException {
        for (int n = 0; n < 20; n++) {
            checkpoints(3).write(checkpoint(n));
        }
        assertThat(fileNames())
                .containsExactly(
                        file(17).getFileName().toString(),
                        file(18).getFileName().toString(),
                        file(19).getFileName().toString());
        assertThatThrownBy(() -> checkpoints(1)).hasMessageContaining("must be at least 2");
    }

    /** Row 10: truncates the newest checkpoint to each length. The previous one is used, with a warning. */
    @Test
    void skipsATruncatedCheckpoint() throws IOException {
        checkpoints(2).write(checkpoint(1));
        checkpoints(2).write(checkpoint(2));
        byte[] valid = Files.readAllBytes(file(2));
        for (int length = 0; length < valid.length; length++) {
            Files.write(file(2), Arrays.copyOf(valid, length));
            assertUsesThePreviousCheckpoint("length " + length);
        }
    }

    /** Row 10: flips each bit of the newest checkpoint, in its header and in its numbers. */
    @Test
    void detectsAFlippedBit() throws IOException {
        checkpoints(2).write(checkpoint(1));
        checkpoints(2).write(checkpoint(2));
        byte[] valid = Files.readAllBytes(file(2));
        for (int i = 0; i < valid.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = valid.clone();
                damaged[i] ^= (byte) (1 << bit);
                Files.write(file(2), damaged);
                List<String> warnings = new ArrayList<>();
                Checkpoint used = checkpoints(2).newest(warnings::add).orElseThrow();
                if (used.iteration() == 2) {
                    // for example a blank that became a tab, in JSON with the same meaning
                    assertThat(used.parameters()).containsExactly(checkpoint(2).parameters());
                    assertThat(used.config()).isEqualTo(checkpoint(2).config());
                    assertThat(used.data()).isEqualTo("abc");
                    assertThat(used.evaluations()).isEqualTo(4);
                    assertThat(used.elapsedSeconds()).isEqualTo(3);
                } else {
                    assertThat(used.iteration()).isEqualTo(1);
                    assertThat(warnings).hasSize(1);
                }
            }
        }
    }

    private void assertUsesThePreviousCheckpoint(String description) throws IOException {
        List<String> warnings = new ArrayList<>();
        assertThat(checkpoints(2).newest(warnings::add).orElseThrow().iteration())
                .as(description)
                .isEqualTo(1);
        assertThat(warnings).as(description).hasSize(1);
        assertThat(warnings.get(0)).contains(file(2).toString(), "trying the checkpoint before it");
    }

    /**
     * Row 10: a checkpoint of a later version, one of a different network, a plain model, and no valid checkpoint at
     * all.
     */
    @Test
    void skipsInvalidCheckpointsAndNeverStartsFromScratch() throws IOException {
        checkpoints(2).write(checkpoint(1));
        checkpoints(2).write(checkpoint(2));
        byte[] valid = Files.readAllBytes(file(2));
        String latin = new String(valid, StandardCharsets.ISO_8859_1);
        Files.write(
                file(2),
                latin.replace("\"sparkprop.checkpoint\":\"2\"", "\"sparkprop.checkpoint\":\"3\"")
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertUsesThePreviousCheckpoint("version 3");
        Models.write(new Model(NET, new double[3]), file(2));
        assertUsesThePreviousCheckpoint("a model");
        Checkpoints otherNetwork = checkpoints(RandomNets.sigmoid(3, 1), 2);
        assertThatThrownBy(() -> otherNetwork.newest(warning -> {})).isInstanceOf(InvalidFileException.class);
        Files.write(file(1), new byte[0]);
        assertThatThrownBy(() -> checkpoints(2).newest(warning -> {}))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("none of its 2 checkpoints is valid");
    }

    /** Row 20: random bytes, half of them in the first 16 bytes, which contain the length of the header. */
    @Test
    void skipsACheckpointOfRandomBytes() throws IOException {
        Random random = new Random(1);
        checkpoints(2).write(checkpoint(1));
        byte[] valid = Files.readAllBytes(file(1));
        for (int n = 0; n < 3_000; n++) {
            byte[] bytes = valid.clone();
            for (int changes = random.nextInt(20); changes >= 0; changes--) {
                bytes[random.nextInt(random.nextBoolean() ? 16 : bytes.length)] = (byte) random.nextInt();
            }
            Files.write(file(2), bytes);
            assertThat(checkpoints(2).newest(warning -> {}).orElseThrow().parameters())
                    .containsExactly(checkpoint(1).parameters());
        }
    }

    /** Row 9: a directory in place of the temporary file makes the write fail. */
    @Test
    void failedWriteKeepsTheOldCheckpoints() throws IOException {
        checkpoints(2).write(checkpoint(1));
        Path blocker = Files.createDirectory(Path.of(lock.work().toString()).resolve(file(2).getFileName()));
        Files.createFile(blocker.resolve("x"));
        assertThatThrownBy(() -> checkpoints(2).write(checkpoint(2)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot write " + file(2));
        assertThat(checkpoints(2).newest(warning -> {}).orElseThrow().iteration())
                .isEqualTo(1);
    }

    /** Row 25: damaged checkpoints do not count as generations, even though their numbers are higher. */
    @Test
    void row25FirstWriteAfterDamageRestoresTwoValidCheckpoints() throws IOException {
        for (int n : new int[] {20, 30, 40}) {
            checkpoints(3).write(checkpoint(n));
        }
        Files.write(file(30), new byte[9]);
        Files.write(file(40), new byte[9]);
        Checkpoints resumed = checkpoints(2);
        assertThat(resumed.newest(warning -> {}).orElseThrow().iteration()).isEqualTo(20);
        for (int n : new int[] {23, 25}) {
            resumed.write(checkpoint(n));
            assertThat(fileNames().stream().filter(name -> name.endsWith(".safetensors")))
                    .hasSize(2)
                    .contains(file(n).getFileName().toString());
        }
        assertThat(checkpoints(2).newest(warning -> {}).orElseThrow().iteration())
                .isEqualTo(25);
        // damaged files are kept, so that the cause can be investigated
        assertThat(fileNames()).contains(file(40).getFileName() + ".damaged", file(30).getFileName() + ".damaged");
    }

    /** Row 26: an I/O error is treated like damage. */
    @Test
    void row26SkipsAnUnreadableCheckpoint() throws IOException {
        checkpoints(2).write(checkpoint(1));
        Files.createDirectory(file(2));
        List<String> warnings = new ArrayList<>();
        assertThat(checkpoints(2).newest(warnings::add).orElseThrow().iteration())
                .isEqualTo(1);
        assertThat(warnings).singleElement().asString().contains(file(2).toString());
        Files.delete(file(1));
        assertThatThrownBy(() -> checkpoints(2).newest(warning -> {}))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(InvalidFileException.class)
                .hasMessageContaining("Cannot read ")
                .hasMessageContaining(file(2).toString());
    }
}
