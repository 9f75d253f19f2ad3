package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.cli.Program.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Diagnoses of a run on 6,000 rows, 60 of them in class 1. One column is 100,000 times as large as another. */
class DiagnosisIT {
    @WorkingDirectory
    private Path directory;

    private Outcome train(String... options) {
        String conf = Program.PROJECT
                .resolve("src/test/resources/cases/majority.conf")
                .toString();
        String[] command = {"train", conf, "--master", "local[2]", "--output", "run", "--quiet"};
        return Runs.sparkprop(directory, Runs.merge(command, options));
    }

    @Test
    void reportsANetworkThatPredictsOnlyTheMostFrequentClass() {
        Outcome outcome = train("--set", "data.standardize=true");
        assertThat(outcome.output())
                .contains("one-prediction (since iteration 200). The network predicts only the most frequent class, 0")
                .doesNotContain("standardize");
    }

    @Test
    void reportsFeaturesOfDifferentMagnitudeFirst() {
        assertThat(train().after("Diagnosis: "))
                .startsWith(
                        "feature-sizes (since iteration 200). Features differ in magnitude: time (1.0e+05) and v1 (1.0)")
                .endsWith("Set data.standardize = true.");
    }
}
