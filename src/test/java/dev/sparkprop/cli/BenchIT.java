package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sparkprop.cli.Program.Outcome;
import dev.sparkprop.spark.peer.Blas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchIT {
    private static final String[] QUICK = Runs.merge(Runs.SCALAR, "--warm-up", "0.1", "--seconds", "0.1");

    @WorkingDirectory
    private Path directory;

    private Outcome bench(String conf, String... arguments) {
        return Runs.sparkprop(directory, command(conf, arguments));
    }

    private static String[] command(String conf, String... arguments) {
        return Runs.merge(Runs.merge(new String[] {"bench", conf}, QUICK), arguments);
    }

    private static String shipped(String name) {
        return Program.PROJECT.resolve("conf/" + name).toString();
    }

    @Test
    void sweepsOverSizesPartitionsAndNetworks() throws IOException {
        String[] sweep = {
            "--master",
            "local[2]",
            "--examples",
            "4,4e3,400000",
            "--partitions",
            "1,2",
            "--output",
            "out",
            "--history",
            "h/all.csv"
        };
        Outcome outcome = bench(
                shipped("xor.conf"), Runs.merge(sweep, "--nets", "2-2-1,2-8-1", "--predict", "cores=64,examples=1e9"));
        assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
        assertThat(outcome.output())
                .contains("kernels on Spark 4.1", "2-8-1: linear fit of the time over the examples per core, R² ")
                .containsPattern(
                        "Cost model per iteration: .* \\(median error on points left out of the fit: \\d+ %\\)")
                .containsPattern(
                        "On 64 cores with 1,000,000,000 examples, 2-8-1 would take [0-9.e+]+ ms per iteration with \\d+ partitions");
        JsonNode points =
                new ObjectMapper().readTree(directory.resolve("out/bench.json").toFile());
        assertThat(points).hasSize(12);
        JsonNode last = points.get(11);
        assertThat(last.get("net").asText()).isEqualTo("2-8-1");
        assertThat(last.get("examples").asLong()).isEqualTo(400_000);
        assertThat(last.get("partitions").asInt()).isEqualTo(2);
        assertThat(last.get("cores").asInt()).isEqualTo(2);
        assertThat(last.get("bytes").asLong()).isBetween(4_800_000L, 5_280_000L);
        double milliseconds = last.get("millisecondsPerIteration").asDouble();
        assertThat(last.get("examplesPerSecond").asDouble() * milliseconds).isBetween(3.99e8, 4.01e8);
        // 16 + 8 weights, forward and for the gradient, plus 8 for the hidden layer's delta
        assertThat(last.get("gigaflops").asDouble() * milliseconds).isBetween(0.99 * 2 * 56 * 0.4, 1.01 * 2 * 56 * 0.4);
        assertThat(last.get("leastMilliseconds").asDouble()).isLessThanOrEqualTo(milliseconds);
        assertThat(last.get("greatestMilliseconds").asDouble()).isGreaterThanOrEqualTo(milliseconds);

        List<String> rows = Files.readAllLines(directory.resolve("out/bench.csv"));
        assertThat(rows)
                .hasSize(13)
                .allMatch(row -> row.split(",", -1).length == rows.get(0).split(",", -1).length);
        assertThat(rows.get(0))
                .startsWith("date,sparkprop,spark,jdk,kernels,master,cores,net,examples,partitions,bytes,");
        assertThat(Files.readAllLines(directory.resolve("h/all.csv"))).isEqualTo(rows);

        Outcome again =
                bench(shipped("xor.conf"), "--master", "local[1,1]", "--examples", "4", "--history", "h/all.csv");
        assertThat(again.exitCode()).as(again.errors()).isZero();
        List<String> history = Files.readAllLines(directory.resolve("h/all.csv"));
        assertThat(history).hasSize(14).startsWith(rows.toArray(new String[0]));
        assertThat(directory.resolve("runs/bench")).isNotEmptyDirectory();
    }

    @Test
    void timesMllibForComparison() throws IOException {
        Path conf = Files.writeString(
                directory.resolve("peer.conf"),
                "network { layers = [3, 4, 2], output = softmax }\ndata.source = random\n");
        // in a separate process, because the script sets the number of threads of a native BLAS
        String[] command = command(
                conf.toString(), "--master", "local[2]", "--examples", "2e4", "--peer", "mllib", "--output", "out");
        Outcome outcome = Program.run(directory, "scripts/sparkprop", Runs.merge(Runs.quick(), command));
        assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
        assertThat(outcome.output())
                .containsPattern(
                        "\n  mllib gd: [0-9.e+]+ ms per evaluation \\([0-9.e+]+–[0-9.e+]+\\), [0-9.e+]+ times as long\n")
                .containsPattern(
                        "\n  mllib l-bfgs: [0-9.e+]+ ms per evaluation \\([0-9.e+]+–[0-9.e+]+\\), [0-9.e+]+ times as long\n");
        assertThat(Files.readAllLines(directory.resolve("out/bench.csv")).get(1))
                .containsPattern(",mllib gd [0-9.e+]+; mllib l-bfgs [0-9.e+]+,\"?\\w+BLAS");
        assertThat(outcome.output())
                .containsPattern("BLAS of the peer: (\\w+ \\(Java\\)|\\w+, OPENBLAS_NUM_THREADS=1)");
        JsonNode point = new ObjectMapper()
                .readTree(directory.resolve("out/bench.json").toFile())
                .get(0);
        assertThat(outcome.output())
                .contains("BLAS of the peer: " + point.get("blas").asText() + "\n");
        assertThat(outcome.output())
                .contains("Driver: " + point.get("processor").asText() + ", Java ");
    }

    /** Without a limit, a native BLAS may start its own threads in each task. */
    @Test
    void nativeBlasIsFairOnlyWithAThreadLimit() {
        assertThat(new Blas("JNIBLAS", true, Map.of("OPENBLAS_CORETYPE", "Haswell")).fair())
                .isFalse();
        assertThat(new Blas("JNIBLAS", true, Map.of("OPENBLAS_NUM_THREADS", "1")).fair())
                .isTrue();
        assertThat(new Blas("VectorBLAS", false, Map.of()).fair()).isTrue();
    }

    @Test
    void rejectsInvalidOptions() {
        assertRejected(
                2,
                "Invalid --examples: some (must be a whole number from 1, such as 4e6)",
                "xor.conf",
                "--examples",
                "some");
        assertRejected(2, "Invalid --examples: 0.5 (must be a whole number", "xor.conf", "--examples", "0.5");
        assertRejected(2, "Invalid data.source: csv (must be generated data: files cannot be resized)", "iris.conf");
        assertRejected(2, "Invalid --repetitions: 0 (must be at least 1)", "xor.conf", "--repetitions", "0");
        assertRejected(
                2,
                "Invalid --predict: {cores=4} (must have the form cores=64,examples=1e9)",
                "xor.conf",
                "--predict",
                "cores=4");
        assertRejected(
                78, "Invalid network.layers: [2, 3] (must start with 2 and end with 1", "xor.conf", "--nets", "2-3");
        assertRejected(78, "Invalid data.partitions: 0", "xor.conf", "--partitions", "0");
        assertRejected(
                2,
                "Invalid --peer: mllib for a network with sigmoid outputs (MLlib supports only",
                "xor.conf",
                "--peer",
                "mllib");
    }

    private void assertRejected(int exitCode, String message, String conf, String... arguments) {
        Outcome outcome = bench(shipped(conf), arguments);
        assertThat(outcome.errors()).contains(message).doesNotContain("Exception");
        assertThat(outcome.exitCode()).isEqualTo(exitCode);
        assertThat(directory.resolve("runs")).doesNotExist();
    }
}
