package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.cli.Program.Outcome;
import dev.sparkprop.cli.Program.Running;
import dev.sparkprop.fault.FaultFileSystem;
import dev.sparkprop.fault.FaultPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults that are injected from outside the program, one run each. */
class FaultsIT {
    /** The first stage of resident tasks. Earlier stages query cores, query kernels and pack the data. */
    private static final int RESIDENT_STAGE = 3;

    @WorkingDirectory
    private Path directory;

    private Runs runs;

    @BeforeEach
    void createRuns() {
        runs = new Runs(directory);
    }

    private static String[] plugin(String master, String... settings) {
        String[] options = Runs.spark("plugins=" + FaultPlugin.class.getName());
        String[] faults = Runs.spark(
                Arrays.stream(settings).map(setting -> "fault." + setting).toArray(String[]::new));
        return Runs.merge(Runs.merge(options, faults), "--master", master);
    }

    @Test
    void row1TaskThatThrowsOnceIsRetried() {
        assertRetriesATaskThatThrowsOnce("local[2]");
    }

    @Tag("faults")
    @Test
    void row1TaskThatThrowsOnceIsRetriedOnAnExecutor() {
        assertRetriesATaskThatThrowsOnce(Runs.LOCAL_CLUSTER);
    }

    private void assertRetriesATaskThatThrowsOnce(String master) {
        String expected = runs.undisturbed(20);
        Path marker = directory.resolve("thrown");
        Outcome outcome = runs.train("out", plugin(master, "kind=throw", "once=" + marker, "stage=20"));
        assertThat(Runs.hash(outcome)).isEqualTo(expected);
        assertThat(marker).exists();
    }

    @Test
    void row1ResidentTaskThatIsInterruptedOnceIsRetried() {
        assertRetriesAResidentTaskThatIsInterrupted("local[2]");
    }

    @Tag("faults")
    @Test
    void row1ResidentTaskThatIsInterruptedOnceIsRetriedOnAnExecutor() {
        assertRetriesAResidentTaskThatIsInterrupted(Runs.LOCAL_CLUSTER);
    }

    private void assertRetriesAResidentTaskThatIsInterrupted(String master) {
        String expected = runs.undisturbed(100);
        Path marker = directory.resolve("interrupted");
        String[] fault = plugin(master, "kind=interrupt", "once=" + marker, "stage=" + RESIDENT_STAGE);
        Outcome outcome = runs.train("out", Runs.merge(fault, Runs.RESIDENT));
        assertThat(Runs.hash(outcome)).isEqualTo(expected);
        assertThat(marker).exists();
        assertThat(outcome.output()).doesNotContain("one job per evaluation");
    }

    @Test
    void row2ExecutorWithAResidentTaskIsReplaced() {
        Runs large = new Runs(directory, 100_000);
        String expected = large.undisturbed(300);
        Running running = large.start(
                        "out", Runs.merge(Runs.RESIDENT, "--master", Runs.LOCAL_CLUSTER, "--set", "data.partitions=5"))
                .awaitOutput("\n       20  ");
        Runs.killExecutor(running, new Random(1));
        Outcome outcome = running.await();
        assertThat(Runs.hash(outcome)).isEqualTo(expected);
        assertThat(outcome.output())
                .contains("packed again, because an executor or its cache was lost")
                .doesNotContain("one job per evaluation");
        large.assertLogsEachIterationOnce("out", 300);
    }

    @Tag("faults")
    @Test
    void row3ResidentTaskThatAlwaysFailsEndsTheRun() {
        runs.iterations(100_000);
        String[] fault = plugin(Runs.LOCAL_CLUSTER, "kind=halt", "stage=" + RESIDENT_STAGE, "partition=1");
        Outcome outcome = runs.train("out", Runs.merge(fault, Runs.RESIDENT));
        assertThat(outcome.exitCode()).as(outcome.errors()).isEqualTo(74);
        assertThat(outcome.output()).containsOnlyOnce("; continuing with one job per evaluation");
        assertThat(outcome.errors()).containsPattern("sparkprop: Shards \\d+ to \\d+ failed 4 times");
    }

    @Tag("faults")
    @Test
    void row2DeadExecutorIsReplaced() throws IOException {
        String expected = runs.undisturbed(20);
        Path marker = directory.resolve("halted");
        Outcome outcome = runs.train("out", plugin(Runs.LOCAL_CLUSTER, "kind=halt", "once=" + marker, "stage=20"));
        assertThat(Runs.hash(outcome)).isEqualTo(expected);
        assertThat(marker).exists();
        assertThat(outcome.output()).containsOnlyOnce("packed again, because an executor or its cache was lost");
        runs.assertLogsEachIterationOnce("out", 20);
    }

    @Test
    void row3TaskThatAlwaysThrowsEndsTheRun() {
        assertEndsTheRun("local[2]", "throw", "injected fault");
    }

    @Tag("faults")
    @Test
    void row3TaskThatHaltsEveryExecutorEndsTheRun() {
        assertEndsTheRun(Runs.LOCAL_CLUSTER, "halt", "executor");
    }

    private void assertEndsTheRun(String master, String kind, String cause) {
        runs.iterations(100_000);
        Outcome outcome = runs.train("out", plugin(master, "kind=" + kind, "stage=60", "partition=1"));
        assertThat(outcome.exitCode()).as(outcome.errors()).isEqualTo(74);
        assertThat(outcome.errors())
                .containsPattern("sparkprop: Shards \\d+ to \\d+ failed 4 times, the last time on executor \\S+ at ")
                .contains(cause);
        assertThat(directory.resolve("out/run.json")).content().contains("\"failed\"", " failed 4 times");
        runs.iterations(60);
        Outcome resumed = runs.train("out", "--resume", "--master", "local[2]");
        assertThat(resumed.output()).contains("Resuming from the checkpoint of iteration ");
        assertThat(Runs.hash(resumed)).isEqualTo(runs.undisturbed(60));
    }

    @ParameterizedTest
    @CsvSource({"TERM, jobs", "INT, resident"})
    void row8SignalStopsTheRunWithACheckpoint(String signal, String engine) throws IOException {
        runs.iterations(100_000);
        String[] options = {"--master", "local[2]", "--set", "training.checkpoint-every=auto"};
        Outcome outcome = runs.start("out", Runs.merge(options, "--set", "sparkprop.engine=" + engine))
                .awaitOutput("\n       12  ")
                .signal(signal)
                .await();
        assertThat(outcome.exitCode()).as(outcome.errors()).isEqualTo(3);
        assertThat(outcome.output()).contains("Stopped by SIG" + signal + " after iteration ", "--resume");
        assertThat(directory.resolve("out/_SUCCESS")).doesNotExist();
        assertThat(directory.resolve("out/run.json")).content().contains("\"stopped\"");
        assertThat(directory.resolve("out/report.html")).content().contains("\"status\":\"stopped\"");
        int reached = runs.lastLogged("out");
        int end = reached + 15;
        runs.iterations(end);
        Outcome resumed = runs.train("out", "--resume", "--master", "local[1]");
        assertThat(resumed.output()).contains("Resuming from the checkpoint of iteration " + reached);
        assertThat(Runs.hash(resumed)).isEqualTo(runs.undisturbed(end));
        runs.assertLogsEachIterationOnce("out", end);
    }

    @Tag("faults")
    @Test
    void row9DiskFullAtACheckpointKeepsTheExistingOnes() throws IOException {
        assertKeepsCheckpoints("iteration-", 40);
    }

    @Tag("faults")
    @Test
    void row9DiskFullAtAMetricKeepsTheExistingCheckpoints() throws IOException {
        assertKeepsCheckpoints("metrics.jsonl", 70);
    }

    private void assertKeepsCheckpoints(String path, int change) throws IOException {
        String expected = runs.undisturbed(60);
        String output = "fault:" + directory.resolve("out");
        Outcome outcome = runs.train(output, faultFiles("fail-from=" + change, "path=" + path));
        assertThat(outcome.exitCode()).as(outcome.errors()).isEqualTo(74);
        assertThat(outcome.errors())
                .containsPattern("sparkprop: Cannot write fault:\\S+" + path + ".*: No space left on device");
        try (var files = Files.list(directory.resolve("out/checkpoints"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allMatch(name -> name.matches("iteration-\\d+\\.safetensors"));
        }
        assertThat(directory.resolve("out/run.json")).content().contains("No space left on device");
        assertThat(Runs.hash(runs.train(output, Runs.merge(faultFiles(), "--resume"))))
                .isEqualTo(expected);
        runs.assertLogsEachIterationOnce("out", 60);
    }

    @Tag("faults")
    @Test
    void row9RunFinishesWithoutExamplesIfTheDiskIsFull() {
        String path = "examples.json";
        String expected = runs.undisturbed(60);
        Outcome outcome = runs.train("fault:" + directory.resolve("out"), faultFiles("fail-from=1", "path=" + path));
        assertThat(Runs.hash(outcome)).isEqualTo(expected);
        assertThat(outcome.output())
                .containsPattern(
                        "The report is incomplete: Cannot write fault:\\S+" + path + ": No space left on device");
        assertThat(directory.resolve("out/_SUCCESS")).exists();
        assertThat(directory.resolve("out/" + path)).doesNotExist();
        Runs.sparkprop(directory, "report", "out");
        assertThat(directory.resolve("out/report.html")).content().contains("\"status\":\"finished\"");
    }

    private static String[] faultFiles(String... settings) {
        String[] options = Runs.spark("hadoop.fs.fault.impl=" + FaultFileSystem.class.getName());
        String[] faults = Runs.spark(Arrays.stream(settings)
                .map(setting -> "hadoop.fs.fault." + setting)
                .toArray(String[]::new));
        return Runs.merge(options, faults);
    }

    @Test
    void row10SkipsADamagedCheckpointAndExits65WithoutAValidOne() throws IOException {
        runs.iterations(40);
        String expected = Runs.hash(runs.train("out"));
        Files.delete(directory.resolve("out/_SUCCESS"));
        Path newest = directory.resolve("out/checkpoints/iteration-0000000040.safetensors");
        Files.write(newest, new byte[] {1});
        Outcome resumed = runs.train("out", "--resume");
        assertThat(Runs.hash(resumed)).isEqualTo(expected);
        assertThat(resumed.errors()).contains(newest.getFileName().toString(), "trying the checkpoint before it");
        assertThat(resumed.output()).contains("Resuming from the checkpoint of iteration 30");
        for (int n : new int[] {30, 40}) {
            Files.write(directory.resolve("out/checkpoints/iteration-00000000" + n + ".safetensors"), new byte[9]);
        }
        byte[] record = Files.readAllBytes(directory.resolve("out/run.json"));
        Outcome none = runs.train("out", "--resume");
        assertThat(none.exitCode()).isEqualTo(65);
        assertThat(none.errors()).contains("none of its 2 checkpoints is valid");
        assertThat(directory.resolve("out/run.json")).hasBinaryContent(record);
    }

    @Test
    void row11SecondRunOnADirectoryChangesNothing() throws IOException {
        runs.iterations(100_000);
        Running first = runs.start("out", "--master", "local[1]").awaitOutput("\n        1  ");
        Outcome second = runs.train("out", "--overwrite");
        assertThat(second.exitCode()).as(second.errors()).isEqualTo(75);
        assertThat(second.errors())
                .contains("Output out is locked by process " + first.process().pid() + " on ");
        // the lock of a dead owner is ignored
        Outcome killed = first.signal("KILL").await();
        assertThat(killed.exitCode()).isEqualTo(137);
        runs.iterations(100);
        assertThat(Runs.hash(runs.train("out", "--resume"))).isEqualTo(runs.undisturbed(100));
    }

    @Test
    void row11ExactlyOneOfTwoSimultaneousRunsWins() {
        String expected = runs.undisturbed(5);
        Running one = runs.start("out");
        Running other = runs.start("out");
        KilledIT.assertOneWins(one.await(), other.await(), expected);
    }

    @Test
    void row12ExistingOutputIsNotChanged() throws IOException {
        runs.iterations(5);
        Runs.hash(runs.train("out"));
        byte[] record = Files.readAllBytes(directory.resolve("out/run.json"));
        Outcome outcome = runs.train("out");
        assertThat(outcome.exitCode()).isEqualTo(73);
        assertThat(outcome.errors()).contains("--resume", "--overwrite");
        assertThat(directory.resolve("out/run.json")).hasBinaryContent(record);
    }

    @Test
    void row13DifferentConfigurationOrDataIsRejectedOnResume() throws IOException {
        runs.iterations(5);
        Runs.hash(runs.train("out"));
        Outcome outcome = runs.train(
                "out",
                "--resume",
                "--set",
                "optimizer.learning-rate=2",
                "--set",
                "data.copies=7",
                "--set",
                "training.iterations=6");
        assertThat(outcome.exitCode()).as(outcome.errors()).isEqualTo(78);
        assertThat(outcome.errors())
                .contains("Cannot resume out: optimizer.learning-rate was 1 and is now 2")
                .contains("Cannot resume out: data.copies was 4000 and is now 7")
                .doesNotContain("iterations");
        Outcome fewer = runs.train("out", "--resume", "--set", "training.iterations=3");
        assertThat(fewer.exitCode()).isEqualTo(78);
        assertThat(fewer.errors()).contains("its iteration 5 exceeds training.iterations = 3");
        Outcome withoutOutput =
                Runs.sparkprop(directory, "train", runs.confFile().toString(), "--resume");
        assertThat(withoutOutput.exitCode()).isEqualTo(2);
        assertThat(withoutOutput.errors()).contains("Missing --output");
        assertThat(directory.resolve("out/_SUCCESS")).exists();
    }

    @Test
    void row15EmptyPartitionsDoNotChangeTheResult() throws IOException {
        String network = "network.layers = [5, 3, 2]\ntraining { iterations = 7, log-every = 1 }\n";
        runs.conf(network + "data { source = random, examples = 3 }\n");
        String expected = Runs.hash(runs.train("one", "--set", "data.partitions=1", "--master", "local[1]"));
        Outcome outcome = runs.train("out", "--set", "data.partitions=8");
        assertThat(Runs.hash(outcome)).isEqualTo(expected);
        assertThat(outcome.output()).contains("3 examples in 1 shard", "8 partitions");
        assertThat(directory.resolve("out/metrics.jsonl")).content().doesNotContain("NaN", "Infinity");
        runs.assertLogsEachIterationOnce("out", 7);
        runs.conf(network + "data { source = random, examples = 300, shard-examples = 256, partitions = 8 }\n");
        String twoShards = Runs.hash(runs.train("two"));
        assertThat(Runs.hash(runs.train("two1", "--set", "data.partitions=1"))).isEqualTo(twoShards);
    }

    @Test
    void row16DivergenceKeepsTheCheckpoints() throws IOException {
        runs.iterations(1000);
        String[] divergent = {"--set", "network.hidden=linear", "--set", "optimizer.learning-rate=1e6"};
        Outcome outcome = runs.train("out", Runs.merge(Runs.RESIDENT, divergent));
        assertThat(outcome.exitCode()).as(outcome.errors()).isEqualTo(4);
        assertThat(outcome.errors()).contains("Diverged at iteration ", "learning-rate 1000000.0", "parameter");
        assertThat(directory.resolve("out/checkpoints")).isNotEmptyDirectory();
        assertThat(directory.resolve("out/model.safetensors")).doesNotExist();
        assertThat(directory.resolve("out/report.html")).content().contains("\"error\":\"Diverged at iteration ");
    }
}
