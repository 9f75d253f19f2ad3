package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sparkprop.cli.Program.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The commands that explain, check and count a network's computations. */
class ExplainIT {
    private static final String XOR = Program.PROJECT.resolve("conf/xor.conf").toString();

    @WorkingDirectory
    private Path directory;

    private Outcome sparkprop(int exitCode, String... arguments) {
        Outcome outcome = Runs.sparkprop(directory, arguments);
        assertThat(outcome.exitCode()).as(outcome.output() + outcome.errors()).isEqualTo(exitCode);
        assertThat(outcome.errors()).doesNotContain("\tat ", "Exception");
        return outcome;
    }

    @Test
    void explainsAWeightOfATrainedNetwork() throws IOException {
        String[] train = {"train", XOR, "--set", "training.iterations=1", "--output", "out"};
        sparkprop(0, Runs.merge(train, Runs.SCALAR));
        String[] explain = {"explain", "out", "--weight", "W1[0,1]", "--example", "0,1"};
        Outcome outcome = sparkprop(0, Runs.merge(explain, "--master", "local[2]", "--json", "weight.json"));
        assertThat(outcome.output())
                .startsWith("A 2-2-1 network with sigmoid units and sigmoid outputs; x = 0, 1, t = 1\n")
                .contains("\nSpark job on local[2], float32 ");
        assertThat(new ObjectMapper()
                        .readTree(directory.resolve("weight.json").toFile())
                        .at("/distributed/relativeDifference")
                        .asDouble())
                .isBetween(0.0, 1e-5);
    }

    @Test
    void checkExits1IfAGradientIsOutsideTheTolerance() {
        String[] check = Runs.merge(
                new String[] {"check", XOR, "--master", "local[2]", "--set", "data.copies=200"}, Runs.SCALAR);
        assertThat(sparkprop(0, Runs.merge(check, "--set", "data.shard-examples=256"))
                        .output())
                .contains("Data: xor, 800 examples in 4 shards and 2 partitions\n", " ok\n")
                .doesNotContain("FAILED");
        // float32 has at most eight digits
        assertThat(sparkprop(1, Runs.merge(check, "--tolerance", "1e-12")).output())
                .contains(" FAILED\n", "tensors differ from central differences in float64 (tolerance 1e-12)");
    }

    @Test
    void countsAndEstimatesTheTimeWithoutSpark() {
        assertThat(sparkprop(0, "count", "2,2,1", "--examples", "1e3", "--cores", "2")
                        .output())
                .contains("A 2-2-1 network with 9 parameters\n", " kernels\n", " on 2 cores, for the kernels only");
    }
}
