package dev.sparkprop.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.store.files.InvalidFileException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 20: small files that claim large contents. */
class HostileFilesTest {
    /**
     * Maximum allocation of a reader per byte, including garbage. A parsed list or tree takes a few dozen bytes per
     * byte of the shortest JSON, such as "[]," or "0,".
     */
    private static final long BYTES_PER_BYTE = 64;

    private static final long FIXED_BYTES = 4 << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path directory;

    private interface Reader {
        void read(Path file) throws IOException;
    }

    private void assertRejected(Path file, String message, Reader reader) throws IOException {
        // the first call loads classes and is not measured
        assertThatThrownBy(() -> reader.read(file))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining(message);
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        assertThatThrownBy(() -> reader.read(file)).isInstanceOf(InvalidFileException.class);
        long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(allocated).isLessThan(BYTES_PER_BYTE * Files.size(file) + FIXED_BYTES);
    }

    private Path safetensors(String header) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length).order(ByteOrder.LITTLE_ENDIAN);
        return Files.write(
                directory.resolve("m.safetensors"),
                bytes.putLong(text.length).put(text).array());
    }

    private static String model(String layers, String hidden) {
        return "{\"__metadata__\":{\"sparkprop.model\":\"1\",\"layers\":\"" + layers + "\",\"hidden\":\"" + hidden
                + "\",\"output\":\"sigmoid\",\"loss\":\"binary-cross-entropy\"}}";
    }

    private static void readModel(Path file) throws IOException {
        Model.read(file.toString());
    }

    @Test
    void modelClaimingALargeNetworkAllocatesLittle() throws IOException {
        assertRejected(
                safetensors(model("8190-8190-1", "sigmoid")),
                "W1 is missing (must have shape [8190, 8190])",
                HostileFilesTest::readModel);
        assertRejected(
                safetensors(model("1" + "-1".repeat(1_000_000), "sigmoid")),
                "layers has more than 10000 layers",
                HostileFilesTest::readModel);
        assertRejected(
                safetensors(model("1-1", "x,".repeat(1_000_000))),
                "hidden has more than 10000 layers",
                HostileFilesTest::readModel);
    }

    @Test
    void rejectsAHeaderWithTooManyValues() throws IOException {
        String brackets = "[" + "[],".repeat(3_000_000) + "[]]";
        assertRejected(
                safetensors("{\"a\":" + brackets + "}"),
                "its header is of more than 1000000 values",
                HostileFilesTest::readModel);
        Files.writeString(directory.resolve("run.json"), "{\"config\":{},\"a\":" + brackets + "}");
        assertRejected(
                directory.resolve("run.json"),
                "of more than 1000000 values",
                file -> RecordedRun.open(directory.toString()));
    }

    @Test
    void rejectsAHugeFileWithoutReadingIt() throws IOException {
        Path file = directory.resolve("run.json");
        try (var sparse = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(3L << 30);
        }
        assertRejected(
                file, "3221225472 bytes (must be at most 33554432)", ignored -> RecordedRun.open(directory.toString()));
    }

    private void writeRun(String lines) throws IOException {
        Files.writeString(directory.resolve("run.json"), "{\"config\":{}}");
        Files.writeString(directory.resolve("metrics.jsonl"), lines);
    }

    @Test
    void rejectsAnUnterminatedLongLine() throws IOException {
        writeRun("{\"iteration\":0}\n" + "x".repeat(20_000_000));
        assertRejected(
                directory.resolve("metrics.jsonl"),
                "line 2 is not a JSON object",
                file -> RecordedRun.open(directory.toString()).metrics((iteration, line) -> {}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"5\"", "5.0", "5.5", "true", "1e1", "2147483648", "[5]"})
    void rejectsIterationsThatAreNotWholeNumbers(String iteration) throws IOException {
        writeRun("{\"iteration\":0}\n{\"iteration\":" + iteration + "}\n{\"iteration\":7}\n");
        assertRejected(
                directory.resolve("metrics.jsonl"),
                "line 2 is not a JSON object with an iteration greater than 0",
                file -> RecordedRun.open(directory.toString()).metrics((number, line) -> {}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-32BE", "UTF-32LE", "UTF-16BE", "UTF-16LE"})
    void rejectsTextThatIsNotUtf8(String charset) throws IOException {
        Path file = directory.resolve("w.json");
        byte[] tensors = "{\"b1\": [3], \"W1\": [[1, -2.5e-1]]}".getBytes(Charset.forName(charset));
        Files.write(file, tensors);
        ParameterLayout layout = new ParameterLayout(RandomNets.sigmoid(2, 1));
        assertRejected(file, "Invalid file " + file, json -> InitialParameters.read(json.toString(), layout));
        // looks like UTF-32 but is invalid
        Files.write(file, new byte[] {0, 0, 0, '{', 0x7f, 1, 2, 3, 4, 5, 6, 7});
        assertRejected(file, "Invalid file " + file, json -> InitialParameters.read(json.toString(), layout));
        Files.write(directory.resolve("run.json"), new byte[] {0, 0, 0, '{', 0x7f, 1, 2, 3, 4, 5, 6, 7});
        assertRejected(directory.resolve("run.json"), "run.json", json -> RecordedRun.open(directory.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "[[],", "0,", "1e9,"})
    void initialTensorsAllocateInProportionToTheirText(String repeated) throws IOException {
        Path file = Files.writeString(directory.resolve("w.json"), "{\"W1\": [" + repeated.repeat(500_000) + "0]}");
        assertRejected(
                file,
                "Invalid file",
                json -> InitialParameters.read(json.toString(), new ParameterLayout(RandomNets.sigmoid(2, 1))));
    }
}
