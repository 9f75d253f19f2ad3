package dev.sparkprop.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.store.RunDirectory.Existing;
import dev.sparkprop.store.lock.LockedException;
import dev.sparkprop.training.Best;
import dev.sparkprop.training.Iteration;
import dev.sparkprop.training.Ledger;
import dev.sparkprop.training.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
    private static final RunRecord RECORD = new RunRecord(
            "xor",
            "running",
            "2026-01-02T03:04:05Z",
            "{\"seed\":1}",
            1,
            Map.of("java", "17"),
            new RunRecord.Kernels("scalar", Set.of("scalar")),
            new RunRecord.Data("xor", null, 4, 1, 16_384, null, null),
            new RunRecord.Cluster("local[2]", "local-1", 2, 1),
            null,
            null,
            null,
            List.of());

    @TempDir
    private Path directory;

    private String output() {
        return directory.resolve("a/run").toString();
    }

    private JsonNode json(String file) throws IOException {
        return new ObjectMapper().readTree(Path.of(output(), file).toFile());
    }

    @Test
    void storesARunFromStartToSuccess() throws IOException {
        double[] parameters = RandomNets.parameters(RandomNets.sigmoid(2, 1), 1);
        try (RunDirectory run = RunDirectory.open(output(), Existing.FAIL)) {
            run.write(RECORD);
            assertThat(json("run.json").get("status").asText()).isEqualTo("running");
            assertThat(json("run.json").has("result")).isFalse();
            assertThat(json("run.json").get("config").get("seed").intValue()).isEqualTo(1);
            try (MetricsLog metrics = run.openMetrics(0, warning -> {})) {
                metrics.append(iteration(0, parameters));
                // each line is visible as soon as it is written, for processes that follow the file
                assertThat(metricsLines()).hasSize(1);
                metrics.append(iteration(1, parameters));
            }
            JsonNode line = new ObjectMapper().readTree(metricsLines().get(1));
            assertThat(line.get("iteration").intValue()).isEqualTo(1);
            assertThat(line.get("validationCost").doubleValue()).isEqualTo(0.8);
            assertThat(line.has("validationAccuracy")).isFalse();
            assertThat(line.get("milliseconds").fieldNames())
                    .toIterable()
                    .containsExactly(
                            "broadcast", "schedule", "compute", "combine", "update", "validate", "checkpoint", "log");
            assertThat(line.get("tasks").get("stragglers").isNull()).isTrue();
            assertThat(new ObjectMapper().readTree(metricsLines().get(0)).has("validationCost"))
                    .isFalse();
            assertThat(line.get("parametersSha256").asText()).isEqualTo(ParameterHash.sha256(parameters));
            run.write(new Model(RandomNets.sigmoid(2, 1), parameters));
            run.write(RECORD.finished(new RunRecord.Result(
                    1,
                    2,
                    "iterations",
                    0.6,
                    0.5,
                    new RunRecord.Best(1, 0.6),
                    2.5,
                    100,
                    1,
                    Map.of(),
                    new RunRecord.Tasks(1, 1, 1.0),
                    "abc")));
            assertThat(run.finished()).isFalse();
            run.markSuccess();
            assertThat(run.finished()).isTrue();
        }
        assertThat(json("run.json").has("error")).isFalse();
        assertThat(json("run.json").get("result").get("parametersSha256").asText())
                .isEqualTo("abc");
        try (var files = Files.list(Path.of(output()))) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("run.json", "metrics.jsonl", "model.safetensors", "_SUCCESS", ".lock");
        }
    }

    private static Iteration iteration(int number, double[] parameters) {
        return new Iteration(
                number,
                number + 1,
                0.7,
                0.5,
                number == 1 ? Optional.of(new Score(0.8, Double.NaN)) : Optional.empty(),
                0.1,
                0.01,
                1.5,
                100,
                new Ledger().total(1),
                new Best(0, 0.7),
                parameters,
                Map.of());
    }

    private List<String> metricsLines() throws IOException {
        return Files.readAllLines(Path.of(output(), "metrics.jsonl"));
    }

    @Test
    void resumedLogHasEachIterationOnce() throws IOException {
        double[] parameters = {1};
        try (RunDirectory run = RunDirectory.open(output(), Existing.FAIL)) {
            try (MetricsLog metrics = run.openMetrics(0, warning -> {})) {
                for (int n = 0; n < 5; n++) {
                    metrics.append(iteration(n, parameters));
                }
            }
            // a killed process may leave an incomplete line
            Files.writeString(Path.of(output(), "metrics.jsonl"), "{\"iteration\":5,\"co", StandardOpenOption.APPEND);
            try (MetricsLog metrics = run.openMetrics(3, warning -> {})) {
                assertThat(metricsLines()).hasSize(3);
                metrics.append(iteration(3, parameters));
            }
        }
        List<Integer> iterations = new ArrayList<>();
        for (String line : metricsLines()) {
            iterations.add(new ObjectMapper().readTree(line).get("iteration").intValue());
        }
        assertThat(iterations).containsExactly(0, 1, 2, 3);
    }

    @Test
    void sameFewLinesHaveParametersAfterAResume() throws IOException {
        double[] parameters = {1, 2};
        try (RunDirectory run = RunDirectory.open(output(), Existing.FAIL)) {
            try (MetricsLog metrics = run.openMetrics(0, warning -> {})) {
                for (int n = 0; n <= 1_000; n += 10) {
                    metrics.append(iteration(n, parameters));
                }
            }
            List<String> undisturbed = metricsLines();
            // the first lines at or after the powers of √2: 1, 16, 22.6, 32, 45.3, 64, 90.5, 128, 181, 256, 362, 512
            // and 724
            assertThat(iterationsWithParameters())
                    .containsExactly(0, 10, 20, 30, 40, 50, 70, 100, 130, 190, 260, 370, 520, 730);
            for (int from : List.of(130, 140, 520)) {
                try (MetricsLog metrics = run.openMetrics(from, warning -> {})) {
                    for (int n = from; n <= 1_000; n += 10) {
                        metrics.append(iteration(n, parameters));
                    }
                }
                assertThat(metricsLines()).isEqualTo(undisturbed);
            }
        }
    }

    private List<Integer> iterationsWithParameters() throws IOException {
        List<Integer> iterations = new ArrayList<>();
        for (String line : metricsLines()) {
            JsonNode object = new ObjectMapper().readTree(line);
            if (object.has("parameters")) {
                assertThat(object.get("parameters")).hasToString("[1.0,2.0]");
                iterations.add(object.get("iteration").intValue());
            }
        }
        return iterations;
    }

    @Test
    void logOmitsTheParametersOfALargeNetwork() throws IOException {
        try (RunDirectory run = RunDirectory.open(output(), Existing.FAIL);
                MetricsLog metrics = run.openMetrics(0, warning -> {})) {
            metrics.append(iteration(0, new double[1_001]));
            assertThat(new ObjectMapper().readTree(metricsLines().get(0)).has("parameters"))
                    .isFalse();
        }
    }

    @Test
    void replacesAnExistingRunOnlyWhenAsked() throws IOException {
        try (RunDirectory run = RunDirectory.open(output(), Existing.FAIL)) {
            run.write(RECORD);
            run.markSuccess();
        }
        Files.writeString(Path.of(output(), "notes.txt"), "mine");
        assertThatThrownBy(() -> RunDirectory.open(output(), Existing.FAIL))
                .isInstanceOf(OutputExistsException.class)
                .hasMessageContaining("--overwrite to replace it");
        try (RunDirectory run = RunDirectory.open(output(), Existing.OVERWRITE)) {
            assertThat(run.finished()).isTrue();
            run.clear();
        }
        assertThat(Path.of(output(), "_SUCCESS")).doesNotExist();
        assertThat(Path.of(output(), "notes.txt")).hasContent("mine");
    }

    @Test
    void neverReplacesOtherFilesOrDirectories() throws IOException {
        Files.writeString(directory.resolve("thesis.tex"), "mine");
        for (Existing existing : Existing.values()) {
            assertThatThrownBy(() -> RunDirectory.open(directory.toString(), existing))
                    .isInstanceOf(OutputExistsException.class)
                    .hasMessageContaining("it is not a run");
            assertThatThrownBy(() ->
                            RunDirectory.open(directory.resolve("thesis.tex").toString(), existing))
                    .hasMessageContaining("not a directory");
        }
        assertThat(directory).isDirectoryContaining("glob:**thesis.tex").isDirectoryNotContaining("glob:**.lock");
    }

    @Test
    void acceptsAnEmptyDirectory() throws IOException {
        RunDirectory.open(directory.toString(), Existing.FAIL).close();
        RunDirectory.open(directory.toString(), Existing.FAIL).close();
    }

    @Test
    void twoRunsCannotShareADirectory() throws IOException {
        try (RunDirectory first = RunDirectory.open(output(), Existing.FAIL)) {
            assertThat(first.finished()).isFalse();
            assertThatThrownBy(() -> RunDirectory.open(output(), Existing.OVERWRITE))
                    .isInstanceOf(LockedException.class)
                    .hasMessageContaining(
                            "is locked by process " + ProcessHandle.current().pid());
        }
        RunDirectory.open(output(), Existing.FAIL).close();
    }

    @Test
    void hashDependsOnEveryBit() {
        String hash = ParameterHash.sha256(new double[] {0.0});
        // the SHA-256 of eight zero bytes
        assertThat(hash).isEqualTo("af5570f5a1810b7af78caf4bc70a660f0df51e42baf91d4de5b2328de0e83dfc");
        assertThat(ParameterHash.sha256(new double[] {-0.0})).isNotEqualTo(hash);
        double[] many = new double[5_000];
        String before = ParameterHash.sha256(many);
        many[4_999] = Double.MIN_VALUE;
        assertThat(List.of(before, hash)).doesNotContain(ParameterHash.sha256(many));
    }
}
