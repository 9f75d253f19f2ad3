package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.cli.Program.Outcome;
import dev.sparkprop.cli.Program.Running;
import dev.sparkprop.fault.FaultPlugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the output of scripts/schedule.sh for a cron job or a monitor, and its handling of earlier runs. */
class ScheduleIT {
    private static final String TIME = "\\d{8}T\\d{6}\\.\\d{3}Z";
    private static final Map<String, String> SETTINGS =
            Map.of("SPARKPROP_KEEP", "2", "SPARKPROP_PAUSE", "0", "SPARK_DIST_CLASSPATH", Runs.TEST_CLASSES);

    private final Path directory;
    private final Runs runs;

    ScheduleIT(@TempDir Path directory) {
        this.directory = directory;
        this.runs = new Runs(directory);
    }

    private Running start(String... more) {
        return start(List.of(), more);
    }

    private Running start(List<String> before, String... more) {
        String script = Program.PROJECT.resolve("scripts/schedule.sh").toString();
        String[] command = Runs.merge(
                before.toArray(String[]::new), script, runs.confFile().toString());
        command = Runs.merge(command, "--master", "local[2]", "--set", "sparkprop.kernels=scalar");
        command = Runs.merge(Runs.merge(command, Runs.quick()), more);
        return Program.start(directory, SETTINGS, "/usr/bin/env", command);
    }

    private Outcome schedule(String... more) {
        return start(more).await();
    }

    /** Returns the only line of the output, which a monitor must be able to parse. */
    private static String verdict(Outcome outcome, String pattern) {
        String output = outcome.output();
        assertThat(output.lines().toList()).as(outcome.errors()).hasSize(1);
        assertThat(output).as(outcome.errors()).matches("schedule: " + pattern + "\n");
        return output;
    }

    private String finishedRun(Outcome outcome, int attempts, String hash) {
        String run = directory + "/runs/faults/" + TIME;
        String line = verdict(
                outcome, "OK run=" + run + " attempts=" + attempts + " seconds=\\d+ cost=0\\.\\d+ sha256=" + hash);
        assertThat(outcome.exitCode()).isZero();
        String name = line.replaceFirst(".*run=\\S*/(" + TIME + ") .*\n", "$1");
        assertThat(runDirectory(name).resolve("_SUCCESS")).exists();
        assertThat(log(name)).endsWith(line);
        return name;
    }

    private Path runDirectory(String name) {
        return directory.resolve("runs/faults").resolve(name);
    }

    private String log(String name) {
        return read(runDirectory(name + ".log"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the names of all runs with a log. */
    private List<String> scheduled() {
        if (!Files.isDirectory(runDirectory("."))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(runDirectory("."))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".log"))
                    .map(name -> name.substring(0, name.length() - ".log".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the only run has logged twelve iterations. */
    private void awaitTwelveIterations(Running running) {
        boolean reached = Program.within(
                Duration.ofMinutes(2),
                () -> !running.process().isAlive()
                        || !scheduled().isEmpty() && log(scheduled().get(0)).contains("\n       12  "));
        assertThat(reached && running.process().isAlive()).isTrue();
    }

    @Test
    void oneOfTwoSimultaneousStartsTrainsAndTheOtherExits75() {
        String expected = runs.undisturbed(20);
        List<Outcome> outcomes = Stream.of(start(), start()).map(Running::await).toList();
        int winner = outcomes.get(0).exitCode() == 0 ? 0 : 1;
        finishedRun(outcomes.get(winner), 1, expected);
        Outcome other = outcomes.get(1 - winner);
        verdict(other, "FAILED exit=75 attempts=0 seconds=\\d+");
        assertThat(other.exitCode()).isEqualTo(75);
        assertThat(other.errors()).contains("another schedule.sh is running " + runs.confFile() + " in ");
        assertThat(scheduled()).hasSize(1);
    }

    @Test
    void nextStartResumesTheRunOfAKilledStartAtOnce() {
        String expected = runs.undisturbed(120);
        Running killed = start();
        awaitTwelveIterations(killed);
        assertThat(killed.signal("KILL").await().exitCode()).isEqualTo(137);
        Outcome next = schedule();
        String run = finishedRun(next, 1, expected);
        assertThat(next.errors()).contains("resuming " + runDirectory(run));
        assertThat(log(run)).contains("Stopped by SIGTERM", "Resuming from the checkpoint of iteration ");
        Runs.assertLogsEachIterationOnce(runDirectory(run).resolve("metrics.jsonl"), 120);
    }

    @Test
    void nextStartWaitsForATrainingLeftRunningByAKilledStart() throws IOException {
        runs.iterations(-1);
        String run = makeRun("20260101", "", "run.json").toString();
        Running training =
                Program.start(directory, Map.of(), "/usr/bin/env", "flock", "--no-fork", run + ".log", "sleep", "99");
        assertThat(Program.within(Duration.ofMinutes(1), () -> command(training).contains("sleep")))
                .isTrue();
        Running next = start();
        boolean waits =
                Program.within(Duration.ofMinutes(1), () -> read(next.errors()).contains("waiting for the training"));
        assertThat(waits && next.process().isAlive()).isTrue();
        assertThat(training.signal("KILL").await().exitCode()).isEqualTo(137);
        assertThat(next.await().errors()).contains("resuming " + run, "starting a new run");
    }

    private static String command(Running running) {
        return running.process().info().command().orElse("");
    }

    @Test
    void signalLeavesACheckpointThatAnotherConfigurationDoesNotResume() {
        runs.iterations(100_000);
        Running running = start(List.of("timeout", "300"));
        awaitTwelveIterations(running);
        // timeout forwards the signal to its child and to the child's process group
        Outcome stopped = running.signal("TERM").await();
        String first = scheduled().get(0);
        verdict(stopped, "STOPPED exit=3 run=" + directory + "/runs/faults/" + first + " attempts=1 seconds=\\d+");
        assertThat(stopped.exitCode()).isEqualTo(3);
        assertThat(log(first)).contains("Stopped by SIGTERM after iteration ");

        runs.iterations(20);
        Outcome next = schedule("--set", "optimizer.learning-rate=2");
        assertThat(finishedRun(next, 2, "[0-9a-f]{64}")).isNotEqualTo(first);
        assertThat(next.errors()).contains("or a different configuration (exit 78): starting a new run");
        assertThat(log(first)).contains("optimizer.learning-rate was 1 and is now 2", "schedule: FAILED exit=78 ");
    }

    @Test
    void failedAttemptIsRetriedFromItsCheckpoint() {
        String expected = runs.undisturbed(120);
        // the second attempt has fewer than 90 stages left
        String[] fault = Runs.spark(
                "plugins=" + FaultPlugin.class.getName(), "fault.kind=throw", "fault.stage=90", "fault.partition=1");
        Outcome outcome = schedule(Runs.merge(Runs.JOBS, fault));
        String run = finishedRun(outcome, 2, expected);
        assertThat(outcome.errors()).contains("attempt 1 of " + directory + "/runs/faults/" + run + " exited 74");
        assertThat(log(run))
                .contains("injected fault")
                .containsPattern("Resuming from the checkpoint of iteration [678]0");
    }

    @Test
    void invalidConfigurationFailsAtOnceAndOldRunsAreDeleted() throws IOException {
        runs.iterations(-1);
        for (int day = 1; day <= 4; day++) {
            makeRun("2026010" + day, "OK", "_SUCCESS");
            makeRun("2026020" + day, "FAILED exit=4", "checkpoints/iteration-0000000010.safetensors");
        }
        // a user is resuming this run by hand with more iterations
        Files.writeString(makeRun("20260101", "OK", "_SUCCESS").resolve(".lock"), "{}");
        Path startedByHand = makeRun("20251231", "OK", "_SUCCESS");
        Files.delete(Path.of(startedByHand + ".log"));

        Outcome outcome = schedule();
        String run = scheduled().get(scheduled().size() - 1);
        verdict(outcome, "FAILED exit=78 run=" + directory + "/runs/faults/" + run + " attempts=1 seconds=\\d+");
        assertThat(outcome.exitCode()).isEqualTo(78);
        assertThat(outcome.errors()).contains("Invalid training.iterations: -1", "attempt 1 exited 78");
        assertThat(scheduled())
                .map(name -> name.substring(0, 8))
                .containsExactly("20260101", "20260103", "20260104", "20260204", run.substring(0, 8));
        try (Stream<Path> files = Files.list(runDirectory("."))) {
            assertThat(files.filter(Files::isDirectory)
                            .map(file -> file.getFileName().toString().substring(0, 8)))
                    .containsExactlyInAnyOrder("20251231", "20260101", "20260103", "20260104", "20260204");
        }
    }

    private Path makeRun(String day, String verdict, String file) throws IOException {
        Path run = runDirectory(day + "T020000.000Z");
        Files.createDirectories(run.resolve(file).getParent());
        Files.writeString(run.resolve(file), "");
        Files.writeString(Path.of(run + ".log"), "schedule: " + verdict + " run=" + run + "\n");
        return run;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SPARKPROP_KEEP=0 | faults.conf | 2 | Invalid SPARKPROP_KEEP: 0 (must be a number >= 1)",
                "SPARKPROP_RETRIES=-1 | faults.conf | 2 | Invalid SPARKPROP_RETRIES: -1 (must be a number >= 0)",
                "SPARKPROP_PAUSE=1m | faults.conf | 2 | Invalid SPARKPROP_PAUSE: 1m (must be seconds >= 0)",
                "SPARKPROP_RUNS=hdfs://host/runs | faults.conf | 2 | Invalid SPARKPROP_RUNS: hdfs://host/runs (must be",
                "A=B | --resume | 2 | usage: schedule.sh CONF [train options…]",
                "A=B | none.conf | 66 | none.conf: configuration not found",
                "SPARKPROP_RUNS=/proc | faults.conf | 74 | /proc/faults is not writable",
                "SPARKPROP_RUNS=others | faults.conf | 73 | others/faults contains the runs of /other/faults.conf",
            })
    void invalidSettingsAreReportedAtOnce(String setting, String conf, int exitCode, String message)
            throws IOException {
        runs.iterations(1);
        Files.createDirectories(directory.resolve("others/faults"));
        Files.writeString(directory.resolve("others/faults/.schedule"), "/other/faults.conf\n");
        String script = Program.PROJECT.resolve("scripts/schedule.sh").toString();
        assertFails(Program.execute(directory, "env", setting, script, conf), exitCode, message);
    }

    @Test
    void callerCannotNameTheOutput() {
        runs.iterations(1);
        assertFails(schedule("--output", "out"), 2, "Invalid option: --output");
    }

    private void assertFails(Outcome outcome, int exitCode, String message) {
        assertThat(outcome.errors()).contains(message);
        assertThat(outcome.exitCode()).isEqualTo(exitCode);
        verdict(outcome, "FAILED exit=" + exitCode + " attempts=0 seconds=\\d+");
        assertThat(scheduled()).isEmpty();
    }

    @Test
    void runAfterTheClockWasSetBackIsTheNewest() throws IOException {
        String expected = runs.undisturbed(20);
        Path before = Files.createDirectories(runDirectory("29991231T235959.999Z"));
        Files.createFile(before.resolve("_SUCCESS"));
        Files.writeString(runDirectory("29991231T235959.999Z.log"), "schedule: OK run=" + before + "\n");
        assertThat(finishedRun(schedule(), 1, expected)).isEqualTo("30000101T000000.000Z");
    }

    @Test
    void configurationWithoutANameIsRejected() {
        for (String name : List.of(".conf", "..conf")) {
            Path conf = directory.resolve(name);
            try {
                Files.writeString(conf, "seed = 1");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Outcome outcome = Program.run(directory, SETTINGS, "scripts/schedule.sh", conf.toString());
            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.errors()).contains("Invalid CONF: " + conf + " (must have a name before its extension");
        }
    }
}
