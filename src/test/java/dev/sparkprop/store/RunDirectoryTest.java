package dev.sparkprop.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.store.RunDirectory.Existing;
import dev.sparkprop.training.Iteration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
            new RunRecord.Data("xor", 4, 1, 16_384),
            new RunRecord.Cluster("local[2]", "local-1", 2, 1),
            null,
            null);

    @TempDir
    private Path directory;

    private String output() {
        return directory.resolve("a/run").toString();
    }

    private JsonNode json(String file) throws IOException {
        return new ObjectMapper().readTree(Path.of(output(), file).toFile());
    }

    @Test
    void holdsARunFromItsStartToItsSuccess() throws IOException {
        RunDirectory run = RunDirectory.at(output(), Existing.REFUSE);
        assertThat(Path.of(output())).doesNotExist();
        run.create();
        run.write(RECORD);
        assertThat(json("run.json").get("status").asText()).isEqualTo("running");
        assertThat(json("run.json").has("result")).isFalse();
        assertThat(json("run.json").get("config").get("seed").intValue()).isEqualTo(1);
        double[] parameters = RandomNets.parameters(RandomNets.sigmoid(2, 1), 1);
        try (MetricsLog metrics = run.openMetrics()) {
            metrics.append(new Iteration(0, 0.7, 0.5, 0.1, 1.5, 100, parameters));
            // each line is there as soon as it is written, for those who follow the file
            assertThat(Files.readAllLines(Path.of(output(), "metrics.jsonl"))).hasSize(1);
            metrics.append(new Iteration(1, 0.6, 0.5, 0.1, 2.5, 100, parameters));
        }
        JsonNode line = new ObjectMapper()
                .readTree(Files.readAllLines(Path.of(output(), "metrics.jsonl")).get(1));
        assertThat(line.get("iteration").intValue()).isEqualTo(1);
        assertThat(line.get("parametersSha256").asText()).isEqualTo(ParameterHash.sha256(parameters));
        run.write(new Model(RandomNets.sigmoid(2, 1), parameters));
        run.write(RECORD.finished(new RunRecord.Result(1, 0.6, 0.5, 2.5, 100, 1, 1, "abc")));
        run.markSuccess();
        assertThat(json("run.json").has("error")).isFalse();
        assertThat(json("run.json").get("result").get("parametersSha256").asText())
                .isEqualTo("abc");
        try (var files = Files.list(Path.of(output()))) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("run.json", "metrics.jsonl", "model.safetensors", "_SUCCESS");
        }
    }

    @Test
    void anExistingRunIsReplacedOnlyWhenAsked() throws IOException {
        RunDirectory run = RunDirectory.at(output(), Existing.REFUSE);
        run.create();
        run.write(RECORD);
        run.markSuccess();
        Files.writeString(Path.of(output(), "notes.txt"), "mine");
        assertThatThrownBy(() -> RunDirectory.at(output(), Existing.REFUSE))
                .isInstanceOf(OutputExistsException.class)
                .hasMessageContaining("use --overwrite");
        RunDirectory.at(output(), Existing.OVERWRITE).create();
        assertThat(Path.of(output(), "_SUCCESS")).doesNotExist();
        assertThat(Path.of(output(), "notes.txt")).hasContent("mine");
    }

    @Test
    void whatIsNotARunIsNeverReplaced() throws IOException {
        Files.writeString(directory.resolve("thesis.tex"), "mine");
        assertThatThrownBy(() -> RunDirectory.at(directory.toString(), Existing.OVERWRITE))
                .isInstanceOf(OutputExistsException.class)
                .hasMessageContaining("it is not a run");
        assertThatThrownBy(() -> RunDirectory.at(directory.resolve("thesis.tex").toString(), Existing.OVERWRITE))
                .hasMessageContaining("not a directory");
    }

    @Test
    void anEmptyDirectoryIsAsGoodAsNone() throws IOException {
        RunDirectory.at(directory.toString(), Existing.REFUSE).create();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void theHashTellsEveryBit() {
        String hash = ParameterHash.sha256(new double[] {0.0});
        // SHA-256 of eight zero bytes
        assertThat(hash).isEqualTo("af5570f5a1810b7af78caf4bc70a660f0df51e42baf91d4de5b2328de0e83dfc");
        assertThat(ParameterHash.sha256(new double[] {-0.0})).isNotEqualTo(hash);
        double[] many = new double[5_000];
        String before = ParameterHash.sha256(many);
        many[4_999] = Double.MIN_VALUE;
        assertThat(List.of(before, hash)).doesNotContain(ParameterHash.sha256(many));
    }
}
