package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sparkprop.cli.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparkpropIT {
    private static final String XOR = Program.PROJECT.resolve("conf/xor.conf").toString();

    @WorkingDirectory
    private Path directory;

    private Outcome sparkprop(String... arguments) {
        return Runs.sparkprop(directory, arguments);
    }

    /** Runs the script in a separate process, as a user does. */
    private Outcome script(String... arguments) {
        return Program.run(directory, "scripts/sparkprop", Runs.merge(Runs.quick(), arguments));
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private void assertFails(Outcome outcome, int exitCode, String... messages) throws IOException {
        assertThat(outcome.errors()).contains(messages).doesNotContain("\tat ", "Exception");
        assertThat(outcome.exitCode()).isEqualTo(exitCode);
        assertThat(outcome.output()).isEmpty();
        assertThat(directory.resolve("runs")).doesNotExist();
    }

    @Test
    void trainsAndPredicts() throws IOException {
        Outcome trained = script(
                "train",
                XOR,
                "--set",
                "optimizer.learning-rate=5",
                "--set",
                "training.iterations=600",
                "--output",
                "out",
                "--master",
                "local[2]");
        assertThat(trained.exitCode()).as(trained.errors()).isZero();
        assertThat(trained.output())
                .doesNotContain("\r", "Diagnosis")
                .contains("a 2-2-1 network with 9 parameters", "Spark 4.1", "on local[2], 2 cores, 1 partition")
                .containsPattern("with vector-\\d+ kernels \\(executors: vector-\\d+\\): xor,")
                .contains(
                        "\nPacked the data in ",
                        "600 iterations in ",
                        "\nTime per iteration: ",
                        "\nSpark's overhead is ",
                        "Accuracy: 1.0");
        Path out = directory.resolve("out");
        assertThat(Files.readAllLines(out.resolve("metrics.jsonl"))).hasSize(7);
        JsonNode run = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        assertThat(run.at("/status").asText()).isEqualTo("finished");
        assertThat(run.at("/config/optimizer/learning-rate").asInt()).isEqualTo(5);
        assertThat(run.at("/result/accuracy").asDouble()).isEqualTo(1.0);
        assertThat(run.at("/result/cost").asDouble()).isLessThan(0.05);
        assertThat(run.at("/result/parametersSha256").asText())
                .isEqualTo(trained.after("Parameters SHA-256"))
                .hasSize(64);
        assertThat(out.resolve("_SUCCESS")).exists();

        Outcome predicted = script("predict", "out");
        assertThat(predicted.exitCode()).as(predicted.errors()).isZero();
        assertThat(trained.output()).endsWith("\n" + predicted.output() + "Report: out/report.html\n");
        assertThat(predicted.output())
                .startsWith("x1 x2  XOR      Output  Predicted  Correct")
                .contains(" 0  1    1  0.9");

        Outcome again = script("train", XOR, "--output", "out");
        assertThat(again.exitCode()).isEqualTo(73);
        assertThat(again.errors())
                .contains(
                        "Output out exists (use --resume to continue it, --overwrite to replace it, or another --output)");
        assertThat(Files.readAllLines(out.resolve("metrics.jsonl"))).hasSize(7);

        Outcome overwritten =
                sparkprop("train", XOR, "--output", "out", "--overwrite", "--set", "training.iterations=1");
        assertThat(overwritten.exitCode()).as(overwritten.errors()).isZero();
        assertThat(Files.readAllLines(out.resolve("metrics.jsonl"))).hasSize(2);

        Outcome resumed = sparkprop("train", XOR, "--output", "out", "--resume", "--set", "training.iterations=1");
        assertThat(resumed.exitCode()).as(resumed.errors()).isZero();
        assertThat(resumed.output()).isEqualTo("Nothing to do: the run in out is finished\n");
    }

    @Test
    void outputIsNamedAfterTheRunAndTheTimeUnlessGiven() throws IOException {
        Outcome trained = sparkprop("train", XOR, "--set", "name=my run", "--set", "training.iterations=1");
        assertThat(trained.after("Output:")).matches("runs/my run/\\d{8}T\\d{6}\\.\\d{3}Z");
        assertThat(directory.resolve(trained.after("Output:")).resolve("_SUCCESS"))
                .exists();
    }

    @Test
    void invalidConfigurationsAreReportedAndNothingIsWritten() throws IOException {
        String bad =
                write("bad.conf", "network.layers = [2]\nsed = 1\ndata.source = xor\noptimizer.learning-rate = -1\n");
        assertFails(
                sparkprop("train", bad, "--set", "training.iterations=few"),
                78,
                bad + ":1: Invalid network.layers: [2]",
                bad + ":2: Unknown key sed (did you mean seed?)",
                bad + ":4: Invalid optimizer.learning-rate: -1",
                "--set training.iterations=few: Invalid training.iterations: few");
        String wide = write("wide.conf", "network.layers = [3, 1]\ndata.source = xor\n");
        assertFails(sparkprop("train", wide), 78, "must start with 2 and end with 1");
        assertFails(sparkprop("train", "none.conf"), 66, "none.conf: configuration not found");
    }

    @Test
    void invalidInitialFilesAreReportedAndNothingIsWritten() throws IOException {
        write("w.json", "{\"W1\": [[1, 2]], \"W2\": [[1e999, 1]], \"b9\": [1]}");
        String conf = write("c.conf", "include \"" + XOR + "\"\nnetwork.initial.file = w.json\n");
        assertFails(
                sparkprop("train", conf),
                65,
                "w.json: W1 has shape [1, 2] (must be [2, 2]); b1 is missing",
                "W2 contains Infinity at position 0 (must be finite in float32)",
                "b9 is not a tensor of this net");
        assertFails(
                sparkprop("train", conf, "--set", "network.initial.file=none.json"), 66, "none.json: file not found");
    }

    @Test
    void invalidModelsAreReported() throws IOException {
        assertFails(sparkprop("predict", "none"), 66, "none: file not found");
        write("short.safetensors", "12345678");
        assertFails(sparkprop("predict", "short.safetensors"), 65, "Invalid file short.safetensors");
    }

    @Test
    void invalidCommandLinesAreReported() throws IOException {
        assertFails(script("trian", XOR), 2, "Did you mean: sparkprop train");
        assertFails(sparkprop("train"), 2, "Missing required parameter: 'CONF'");
        assertFails(script("train", XOR, "--spark", "driver.memory=1g"), 2, "Invalid --spark: driver.memory=1g");
        assertFails(script("train", XOR, "--master"), 2, "Missing value of --master");
    }

    @Test
    void quietPrintsOnlyTheResultAndTheDiagnosis() throws IOException {
        String logistic = Program.PROJECT.resolve("conf/xor-logistic.conf").toString();
        Outcome trained =
                sparkprop("train", logistic, "--set", "training.iterations=3000", "--output", "out", "--quiet");
        assertThat(trained.output().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("Final cost 0.69314"),
                        line -> assertThat(line).startsWith("Parameters SHA-256 "),
                        line -> assertThat(line)
                                .startsWith("Diagnosis: guessing (since iteration ")
                                .contains("Add a hidden layer"),
                        line -> assertThat(line).isEqualTo("Report: out/report.html"));
        JsonNode run =
                new ObjectMapper().readTree(directory.resolve("out/run.json").toFile());
        assertThat(run.at("/diagnosis/0/rule").asText()).isEqualTo("guessing");
        assertThat(Files.readString(directory.resolve("out/report.html"))).contains("Add a hidden layer");
    }

    @Test
    void divergenceEndsTheRunWithoutSuccess() throws IOException {
        Outcome outcome = sparkprop(
                "train",
                XOR,
                "--set",
                "network.hidden=linear",
                "--set",
                "optimizer.learning-rate=1e30",
                "--output",
                "out");
        assertThat(outcome.errors())
                .contains("Diverged at iteration ", "learning-rate 1.0E30", "try a lower learning rate");
        assertThat(outcome.exitCode()).isEqualTo(4);
        assertThat(directory.resolve("out/_SUCCESS")).doesNotExist();
        assertThat(directory.resolve("out/model.safetensors")).doesNotExist();
        JsonNode run =
                new ObjectMapper().readTree(directory.resolve("out/run.json").toFile());
        assertThat(run.at("/status").asText()).isEqualTo("failed");
        assertThat(run.at("/error").asText()).startsWith("Diverged at iteration ");
        assertThat(run.at("/diagnosis/0/rule").asText()).isEqualTo("divergence");
        assertThat(outcome.after("Diagnosis: divergence (since iteration "))
                .contains("try that. Try optimizer.clip-norm.")
                .endsWith(run.at("/diagnosis/0/text").asText());
    }

    @Test
    void helpListsCommandsOptionsAndExitCodes() {
        for (String[] arguments : List.of(new String[] {"help"}, new String[] {"--help"})) {
            Outcome help = script(arguments);
            assertThat(help.exitCode()).isZero();
            assertThat(help.output()).contains("train", "predict", "--master URL", "78", "invalid configuration");
        }
        assertThat(sparkprop("train", "--help").output())
                .contains("--set=KEY=VALUE", "--output=DIR", "--overwrite", "--resume", "--quiet");
        assertThat(script("--version").output()).matches("sparkprop \\d.*\\n");
    }
}
