package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sparkprop.cli.Program.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Trains on the shipped data with L-BFGS and evaluates the models on the test sets. */
class ShippedDataIT {
    @WorkingDirectory
    private Path directory;

    private Outcome sparkprop(String... arguments) {
        Outcome outcome = Runs.sparkprop(directory, arguments);
        assertThat(outcome.exitCode()).as(outcome.output() + outcome.errors()).isZero();
        return outcome;
    }

    private Outcome train(String name, String output, String... more) {
        String[] arguments = Runs.merge(new String[] {"train", shipped(name), "--output", output}, Runs.SCALAR);
        return sparkprop(Runs.merge(arguments, more));
    }

    private static String shipped(String file) {
        return Program.PROJECT.resolve("conf").resolve(file).toString();
    }

    private JsonNode evaluate(String run, String file) throws IOException {
        sparkprop("evaluate", run, shipped("data/" + file), "--json", "evaluation.json");
        return new ObjectMapper().readTree(directory.resolve("evaluation.json").toFile());
    }

    @Test
    void resumedDigitsModelHasTheSameBitsAndIsAccurate() throws IOException {
        String expected = Runs.hash(train("digits.conf", "whole", "--master", "local[2]"));
        train("digits.conf", "out", "--set", "training.iterations=17");
        Outcome resumed = train("digits.conf", "out", "--resume", "--master", "local[1]");
        assertThat(resumed.output()).contains("Resuming from the checkpoint of iteration 17", "60 iterations in ");
        assertThat(Runs.hash(resumed)).isEqualTo(expected);
        assertThat(evaluate("out", "digits-test.csv").at("/accuracy").asDouble())
                .isGreaterThanOrEqualTo(0.97);
    }

    @Test
    void convergedDiabetesModelPredictsTheTestSet() throws IOException {
        Outcome trained = train("diabetes.conf", "out");
        assertThat(trained.output()).contains("\nConverged: no further step lowers the cost\n");
        assertThat(trained.errors()).doesNotContain("ERROR", "LBFGS");
        JsonNode run =
                new ObjectMapper().readTree(directory.resolve("out/run.json").toFile());
        assertThat(run.at("/status").asText()).isEqualTo("finished");
        assertThat(run.at("/result/reason").asText()).isEqualTo("converged");
        assertThat(run.at("/result/evaluations").asInt())
                .isGreaterThan(run.at("/result/iterations").asInt() + 1);
        assertThat(evaluate("out", "diabetes-test.csv").at("/targets/0/r2").asDouble())
                .isGreaterThanOrEqualTo(0.39);
    }
}
