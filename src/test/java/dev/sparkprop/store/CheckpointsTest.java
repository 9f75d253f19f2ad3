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

    private static Checkpoint at(int iteration) {
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

    private List<String> names() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(Path::getFileName).map(Path::toString).sorted().toList();
        }
    }

    @Test
    void theBestParametersComeBackWhereTheyWereKept() throws IOException {
        checkpoints(2).write(at(3));
        Best best = checkpoints(2).newest(warning -> {}).orElseThrow().best();
        assertThat(best.iteration()).isEqualTo(2);
        assertThat(best.parameters()).containsExactly(RandomNets.parameters(NET, 2));
    }

    @Test
    void theNewestComesBackAsItWas() throws IOException {
        assertThat(checkpoints(2).newest(warning -> {})).isEmpty();
        checkpoints(2).write(at(3));
        checkpoints(2).write(at(20));
        Checkpoint newest = checkpoints(2).newest(warning -> {}).orElseThrow();
        assertThat(newest.iteration()).isEqualTo(20);
        assertThat(newest.parameters()).containsExactly(at(20).parameters());
        assertThat(newest.optimizer()).containsOnlyKeys("velocity", "step");
        assertThat(newest.optimizer().get("velocity")).containsExactly(-0.0, 1e300, 20);
        assertThat(newest.optimizer().get("step")).containsExactly(20);
        assertThat(newest.best()).isEqualTo(new Best(20, 0.25));
        assertThat(newest.elapsedSeconds()).isEqualTo(30);
        assertThat(newest.config()).isEqualTo(Map.of("seed", "1"));
        assertThat(newest.data()).isEqualTo("abc");
    }

    @Test
    void asManyStayAsAreKept() throws IOException {
        for (int n = 0; n < 20; n++) {
            checkpoints(3).write(at(n));
        }
        assertThat(names())
                .containsExactly(
                        file(17).getFileName().toString(),
                        file(18).getFileName().toString(),
                        file(19).getFileName().toString());
        assertThatThrownBy(() -> checkpoints(1)).hasMessageContaining("must be at least 2");
    }

    /** Row 10: at every length, the one before is used and the user hears of it. */
    @Test
    void aTruncatedOneIsPassedOver() throws IOException {
        checkpoints(2).write(at(1));
        checkpoints(2).write(at(2));
        byte[] whole = Files.readAllBytes(file(2));
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(2), Arrays.copyOf(whole, length));
            assertTheOneBeforeIsUsed("length " + length);
        }
    }

    /** Row 10: every flipped bit of one, in its texts or in its numbers. */
    @Test
    void aFlippedBitIsNoticed() throws IOException {
        checkpoints(2).write(at(1));
        checkpoints(2).write(at(2));
        byte[] whole = Files.readAllBytes(file(2));
        for (int i = 0; i < whole.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = whole.clone();
                damaged[i] ^= (byte) (1 << bit);
                Files.write(file(2), damaged);
                List<String> warnings = new ArrayList<>();
                Checkpoint used = checkpoints(2).newest(warnings::add).orElseThrow();
                if (used.iteration() == 2) {
                    // a blank that became a tab, or the like, in JSON that says the same
                    assertThat(used.parameters()).containsExactly(at(2).parameters());
                    assertThat(used.config()).isEqualTo(at(2).config());
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

    private void assertTheOneBeforeIsUsed(String what) throws IOException {
        List<String> warnings = new ArrayList<>();
        assertThat(checkpoints(2).newest(warnings::add).orElseThrow().iteration())
                .as(what)
                .isEqualTo(1);
        assertThat(warnings).as(what).hasSize(1);
        assertThat(warnings.get(0)).contains(file(2).toString(), "trying the checkpoint before it");
    }

    /** Row 10: one of a version to come, one of another net, a plain model, and none that is valid. */
    @Test
    void whatIsNotACheckpointOfThisNetIsPassedOverAndNeverIsTheStartZero() throws IOException {
        checkpoints(2).write(at(1));
        checkpoints(2).write(at(2));
        byte[] whole = Files.readAllBytes(file(2));
        String latin = new String(whole, StandardCharsets.ISO_8859_1);
        Files.write(
                file(2),
                latin.replace("\"sparkprop.checkpoint\":\"2\"", "\"sparkprop.checkpoint\":\"3\"")
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertTheOneBeforeIsUsed("version 3");
        Models.write(new Model(NET, new double[3]), file(2));
        assertTheOneBeforeIsUsed("a model");
        Checkpoints others = checkpoints(RandomNets.sigmoid(3, 1), 2);
        assertThatThrownBy(() -> others.newest(warning -> {})).isInstanceOf(InvalidFileException.class);
        Files.write(file(1), new byte[0]);
        assertThatThrownBy(() -> checkpoints(2).newest(warning -> {}))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("none of its 2 checkpoints is valid");
    }

    /** Row 20: random bytes behind a plausible length of the header. */
    @Test
    void rubbishIsAnInvalidFile() throws IOException {
        Random random = new Random(1);
        checkpoints(2).write(at(1));
        byte[] whole = Files.readAllBytes(file(1));
        for (int n = 0; n < 3_000; n++) {
            byte[] bytes = whole.clone();
            for (int changes = random.nextInt(20); changes >= 0; changes--) {
                bytes[random.nextInt(random.nextBoolean() ? 16 : bytes.length)] = (byte) random.nextInt();
            }
            Files.write(file(2), bytes);
            assertThat(checkpoints(2).newest(warning -> {}).orElseThrow().parameters())
                    .containsExactly(at(1).parameters());
        }
    }

    /** Row 9: a directory in the way of the temporary file makes the write fail. */
    @Test
    void aWriteThatFailsLeavesTheOldOnes() throws IOException {
        checkpoints(2).write(at(1));
        Path inTheWay = Files.createDirectory(Path.of(lock.work().toString()).resolve(file(2).getFileName()));
        Files.createFile(inTheWay.resolve("x"));
        assertThatThrownBy(() -> checkpoints(2).write(at(2)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot write " + file(2));
        assertThat(checkpoints(2).newest(warning -> {}).orElseThrow().iteration())
                .isEqualTo(1);
    }

    /** Row 25: damaged ones, whose numbers are higher, never count as generations. */
    @Test
    void row25AfterDamageTwoValidOnesAreThereAsSoonAsOneIsWritten() throws IOException {
        for (int n : new int[] {20, 30, 40}) {
            checkpoints(3).write(at(n));
        }
        Files.write(file(30), new byte[9]);
        Files.write(file(40), new byte[9]);
        Checkpoints resumed = checkpoints(2);
        assertThat(resumed.newest(warning -> {}).orElseThrow().iteration()).isEqualTo(20);
        for (int n : new int[] {23, 25}) {
            resumed.write(at(n));
            assertThat(names().stream().filter(name -> name.endsWith(".safetensors")))
                    .hasSize(2)
                    .contains(file(n).getFileName().toString());
        }
        assertThat(checkpoints(2).newest(warning -> {}).orElseThrow().iteration())
                .isEqualTo(25);
        // what was damaged stays, for those who want to know by what
        assertThat(names()).contains(file(40).getFileName() + ".damaged", file(30).getFileName() + ".damaged");
    }

    /** Row 26: an I/O error is as good as damage. */
    @Test
    void row26OneThatCannotBeReadIsPassedOver() throws IOException {
        checkpoints(2).write(at(1));
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
