package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.cli.Program.Outcome;
import dev.sparkprop.cli.Program.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults that are repeated many times, each at a different moment. */
@Tag("faults")
@ExtendWith(FaultTable.class)
class KilledIT {
    private static final int KILLS = 20;
    private static final int RACES = 20;
    private static final int EXECUTOR_KILLS = 50;

    @WorkingDirectory
    private Path directory;

    private Runs runs;

    @BeforeEach
    void createRuns() {
        runs = new Runs(directory);
    }

    @Test
    void row2ExecutorKilledAtRandomMomentsDoesNotChangeTheResult() {
        FaultTable.attempt("row 2: kill -9 of an executor at a random moment, resident tasks", EXECUTOR_KILLS, () -> {
            Random random = new Random(3);
            runs.iterations(1_000_000);
            Running run = runs.start("out", Runs.merge(Runs.RESIDENT, "--master", Runs.LOCAL_CLUSTER));
            run.awaitOutput("12 iterations", KilledIT::hasLoggedTwelveIterations);
            for (int kill = 0; kill < EXECUTOR_KILLS; kill++) {
                sleep(random.nextInt(3_000));
                Runs.killExecutor(run, random);
            }
            int reached = runs.lastLogged("out");
            assertThat(Program.within(Duration.ofMinutes(1), () -> runs.lastLogged("out") > reached + 10))
                    .isTrue();
            Outcome stopped = run.signal("TERM").await();
            assertThat(stopped.exitCode()).isEqualTo(3);
            assertThat(stopped.output()).contains("packed again, because an executor or its cache was lost");
            int end = runs.lastLogged("out") + 10;
            String expected = runs.undisturbed(end);
            assertThat(Runs.hash(runs.train("out", "--resume"))).isEqualTo(expected);
            runs.assertLogsEachIterationOnce("out", end);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "local[2] | local[1] | local[3] | 1 | jobs",
                "local[2] | local[1] | local[3] | 3 | resident",
                "local-cluster[2,1,1024] | local-cluster[1,1,1024] | local-cluster[3,1,1024] | 2 | resident"
            })
    void row7RunKilledAtRandomMomentsEndsWithTheSameBits(
            String master, String fewer, String more, long seed, String engine) {
        FaultTable.attempt("row 7: kill -9 at a random moment, " + engine + ", " + master, KILLS, () -> {
            List<String> masters = List.of(master, fewer, more);
            Random random = new Random(seed);
            runs.iterations(1_000_000);
            for (int kill = 0; kill < KILLS; kill++) {
                String[] options = {
                    "--master", masters.get(kill % masters.size()), "--set", "sparkprop.engine=" + engine
                };
                Running run = runs.start("out", kill == 0 ? options : Runs.merge(options, "--resume"));
                // kill half of the runs after they have written a new checkpoint, and half at any moment
                if (random.nextBoolean()) {
                    run.awaitOutput("12 iterations", KilledIT::hasLoggedTwelveIterations);
                    sleep(random.nextInt(1_500));
                } else {
                    sleep(random.nextInt(6_000));
                }
                assertThat(run.signal("KILL").await().exitCode()).isEqualTo(137);
            }
            int end = runs.lastLogged("out") + 10;
            assertThat(end).isGreaterThan(50);
            runs.iterations(end);
            assertThat(Runs.hash(runs.train("out", "--resume", "--master", master)))
                    .isEqualTo(runs.undisturbed(end));
            runs.assertLogsEachIterationOnce("out", end);
        });
    }

    private static boolean hasLoggedTwelveIterations(String output) {
        return output.lines().filter(line -> line.matches(" +\\d+  .*")).count() >= 12;
    }

    private static void sleep(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void row11ExactlyOneOfTwoSimultaneousRunsWins() {
        String expected = runs.undisturbed(3);
        for (int race = 0; race < RACES; race++) {
            String output = "out-" + race;
            FaultTable.attempt("row 11: two runs started at once in one directory", 1, () -> {
                Running one = runs.start(output);
                Running other = runs.start(output);
                assertOneWins(one.await(), other.await(), expected);
            });
            assertThat(directory.resolve(output).resolve("_SUCCESS")).exists();
        }
    }

    static void assertOneWins(Outcome one, Outcome other, String expected) {
        assertThat(List.of(one.exitCode(), other.exitCode()))
                .as(one + "\n" + other)
                .containsExactlyInAnyOrder(0, 75);
        assertThat(Runs.hash(one.exitCode() == 0 ? one : other)).isEqualTo(expected);
        assertThat(one.errors() + other.errors()).contains(" is locked by ");
    }
}
