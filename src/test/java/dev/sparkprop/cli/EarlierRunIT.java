package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.cli.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads a run of 20 iterations that the version of 28 November 2026 wrote, and expects that version's results. */
class EarlierRunIT {
    private static final Path STORED = Program.PROJECT.resolve("src/test/resources/earlier");

    @WorkingDirectory
    private Path directory;

    private Outcome assertSucceeds(String... arguments) {
        Outcome outcome = Runs.sparkprop(directory, arguments);
        assertThat(outcome.exitCode()).as(outcome.output() + outcome.errors()).isZero();
        assertThat(outcome.errors()).doesNotContain("sparkprop: ");
        return outcome;
    }

    @Test
    void evaluatesReportsAndResumesWithTheSameResults() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(STORED)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path copy = directory.resolve(STORED.relativize(file));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
        assertThat(assertSucceeds("evaluate", "run", "iris.csv").output())
                .contains("Cost      0.53091145\n", "Accuracy  0.8190\n", "1       2  20  13\n");
        assertSucceeds("predict", "run", "iris.csv", "--output", "predictions");
        assertThat(directory.resolve("predictions/_SUCCESS")).exists();
        assertSucceeds("report", "run");
        assertThat(directory.resolve("run/report.html")).content().contains("\"status\":\"finished\"");
        Outcome resumed = assertSucceeds(
                "train", "stored.conf", "--output", "run", "--resume", "--set", "training.iterations=30");
        assertThat(resumed.output()).contains("Resuming from the checkpoint of iteration 20");
        assertThat(Runs.hash(resumed)).isEqualTo("0db402c8ae31fe8083a309db69405b09579d2266ccdecb86d7fd5b8bf0b31753");
    }
}
