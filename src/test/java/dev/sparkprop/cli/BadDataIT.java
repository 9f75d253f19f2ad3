package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.cli.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trains on malformed, missing and changed data files. */
class BadDataIT {
    private static final String HEADER = "a,b,label\n";

    @WorkingDirectory
    private Path directory;

    private Runs runs;

    @BeforeEach
    void writeConfigurationAndValidData() throws IOException {
        runs = new Runs(directory);
        runs.conf("network.layers = [2, 2, 1]\ndata { source = csv, path = my.csv, shard-examples = 256 }\n"
                + "training.iterations = 20\n");
        Files.writeString(directory.resolve("my.csv"), HEADER + goodRows(0, 999));
    }

    private static String goodRows(int from, int until) {
        return IntStream.range(from, until)
                .mapToObj(n -> n % 7 + "," + n % 5 / 10.0 + "," + n % 2 + "\n")
                .collect(Collectors.joining());
    }

    private Outcome assertFails(int exitCode, String... options) {
        Outcome outcome = runs.train("out", options);
        assertThat(outcome.exitCode()).as(outcome.output() + outcome.errors()).isEqualTo(exitCode);
        assertThat(outcome.errors()).doesNotContain("\tat ", "Exception");
        assertThat(directory.resolve("out/run.json")).doesNotExist();
        return outcome;
    }

    @Test
    void row14BadRowsAreReportedBeforeTrainingOrSkipped() throws IOException {
        String expected = Runs.hash(runs.train("good", "--master", "local[2]"));
        Path bad = directory.resolve("bad.csv");
        Files.writeString(bad, HEADER + goodRows(0, 500) + "1,x,0\n\n1,2\n" + goodRows(500, 999) + "NaN,1,1\n");
        assertThat(assertFails(65, "--set", "data.path=bad.csv").errors())
                .contains(
                        "sparkprop: bad.csv:502: Invalid value in column b: x (must be a finite number)\n"
                                .replace("bad.csv", bad.toString()),
                        ":504: 2 values, but the header has 3 columns\n",
                        ":1004: Invalid value in column a: NaN (must be a finite number; if it stands for a missing value, add it to data.null-values)\n",
                        "3 bad rows in bad.csv (set data.on-bad-row = skip to skip bad rows)");
        Outcome skipped = runs.train(
                "skipped", "--master", "local[2]", "--set", "data.path=bad.csv", "--set", "data.on-bad-row=skip");
        assertThat(Runs.hash(skipped)).isEqualTo(expected);
        assertThat(skipped.output())
                .contains("Read 999 examples from 1 file", "Skipped 3 bad rows (data.on-bad-row = skip), such as:\n");
        assertThat(assertFails(66, "--set", "data.path=none.csv").errors())
                .contains("none.csv: file not found in " + directory + " (data.path)");
    }

    @Test
    void row17ChangedDataFileIsRejectedOnResume() throws IOException {
        Outcome first = runs.train("out", "--master", "local[2]");
        assertThat(first.exitCode()).as(first.errors()).isZero();
        Files.writeString(directory.resolve("my.csv"), HEADER + goodRows(0, 998) + "0,0,0\n");
        Outcome resumed = runs.train("out", "--resume", "--master", "local[2]", "--set", "training.iterations=40");
        assertThat(resumed.exitCode()).as(resumed.errors()).isEqualTo(65);
        assertThat(resumed.errors()).contains("the fingerprint of its data was ");
    }
}
