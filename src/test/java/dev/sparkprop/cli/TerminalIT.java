package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sparkprop.cli.Program.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program on a terminal that {@code script} of util-linux simulates. */
class TerminalIT {
    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final int COLUMNS = 70;
    private static final String PROGRESS = "\\d+(,\\d+)*/200,000  \\d:\\d\\d:\\d\\d left  cost ";

    @TempDir
    private Path directory;

    @BeforeEach
    void assumeScriptIsInstalled() {
        assumeThat(Files.isExecutable(SCRIPT)).isTrue();
    }

    /** Trains for a second or two. */
    private Outcome train(String... more) {
        List<String> command = List.of(Runs.merge(
                Runs.merge(
                        new String[] {
                            Program.PROJECT.resolve("scripts/sparkprop").toString(),
                            "train",
                            Program.PROJECT.resolve("conf/xor.conf").toString(),
                            "--output",
                            "out",
                            "--set",
                            "'training={iterations=200000,log-every=50000}'",
                            "--set",
                            "'training.stop.max-time=2 seconds'"
                        },
                        Runs.quoted(Runs.quick())),
                Runs.merge(Runs.SCALAR, more)));
        String shell = "stty cols " + COLUMNS + "; TERM=xterm " + String.join(" ", command) + " 2>errors";
        return Program.execute(directory, SCRIPT.toString(), "-qefc", shell, "/dev/null");
    }

    @Test
    void progressLineIsShownAndRemovedAtTheEnd() {
        Outcome trained = train();
        assertThat(trained.output()).containsPattern("\r" + PROGRESS);
        assertThat(Pattern.compile(PROGRESS + "[^\r]*")
                        .matcher(trained.output())
                        .results())
                .hasSizeGreaterThan(2)
                .allSatisfy(line -> assertThat(line.group()).hasSizeLessThan(COLUMNS));
        assertThat(Terminal.visibleText(trained.output()))
                .contains("iteration        cost", "        0  0.859", "Report: out/report.html")
                .doesNotContain(" left  cost");
    }

    @Test
    void quietShowsOnlyTheEnd() {
        String seen = Terminal.visibleText(train("--quiet").output());
        assertThat(seen.lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEmpty(),
                        line -> assertThat(line).startsWith("Stopped by training.stop.max-time after iteration "),
                        line -> assertThat(line).isEqualTo("Report: out/report.html"));
    }
}
