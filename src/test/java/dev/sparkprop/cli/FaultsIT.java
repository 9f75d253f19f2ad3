package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sparkprop.cli.Program.Outcome;
import dev.sparkprop.cli.Program.Running;
import dev.sparkprop.fault.FaultFileSystem;
import dev.sparkprop.fault.FaultPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults that are made from outside, one run each. */
class FaultsIT {
    private static final String TEST_CLASSES =
            Program.PROJECT.resolve("target/test-classes").toString();
    private static final String LOCAL_CLUSTER = "local-cluster[2,1,1024]";

    @TempDir
    private Path directory;

    private String conf(int iterations) throws IOException {
        Path file = directory.resolve("faults.conf");
        Files.writeString(
                file,
                "network.layers = [2, 2, 1]\ndata { source = xor, copies = 40000 }\noptimizer.learning-rate = 1\n"
                        + "training { iterations = " + iterations + ", log-every = 1, checkpoint-every = 10 }\n");
        return file.toString();
    }

    private Running start(String output, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("train", directory.resolve("faults.conf").toString(), "--output", output));
        arguments.addAll(List.of(more));
        return Program.start(directory, Map.of(), "scripts/sparkprop", arguments.toArray(String[]::new));
    }

    private Outcome train(String output, String... more) {
        return start(output, more).await();
    }

    private static Outcome succeeded(Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.output() + outcome.errors()).isZero();
        return outcome;
    }

    private static String hash(Outcome outcome) {
        return succeeded(outcome).after("Parameters SHA-256");
    }

    private String undisturbed(int iterations) throws IOException {
        conf(iterations);
        return hash(train("undisturbed", "--master", "local[2]"));
    }

    private List<Integer> loggedIterations(String output) throws IOException {
        List<Integer> iterations = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve(output).resolve("metrics.jsonl"))) {
            iterations.add(new ObjectMapper().readTree(line).get("iteration").intValue());
        }
        return iterations;
    }

    private void assertLogsEachIterationOnce(String output, int iterations) throws IOException {
        assertThat(loggedIterations(output))
                .isEqualTo(IntStream.rangeClosed(0, iterations).boxed().toList());
    }

    private static String[] plugin(String master, String... settings) {
        List<String> arguments = new ArrayList<>(List.of("--master", master));
        for (String setting : List.of(
                "plugins=" + FaultPlugin.class.getName(),
                "driver.extraClassPath=" + TEST_CLASSES,
                "executor.extraClassPath=" + TEST_CLASSES)) {
            arguments.addAll(List.of("--spark", "spark." + setting));
        }
        for (String setting : settings) {
            arguments.addAll(List.of("--spark", "spark.fault." + setting));
        }
        return arguments.toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local[2]", LOCAL_CLUSTER})
    void row1ATaskThatThrowsOnceIsTriedAgain(String master) throws IOException {
        String expected = undisturbed(20);
        Path once = directory.resolve("thrown");
        Outcome outcome = train("out", plugin(master, "kind=throw", "once=" + once, "stage=20"));
        assertThat(hash(outcome)).isEqualTo(expected);
        assertThat(once).exists();
    }

    @Test
    void row2AnExecutorThatDiesIsReplaced() throws IOException {
        String expected = undisturbed(20);
        Path once = directory.resolve("halted");
        Outcome outcome = train("out", plugin(LOCAL_CLUSTER, "kind=halt", "once=" + once, "stage=20"));
        assertThat(hash(outcome)).isEqualTo(expected);
        assertThat(once).exists();
        assertThat(outcome.output()).containsOnlyOnce("packed again, because an executor or its cache was lost");
        assertLogsEachIterationOnce("out", 20);
    }

    @ParameterizedTest
    @CsvSource({"local[2], throw, injected fault", LOCAL_CLUSTER_QUOTED + ", halt, executor"})
    void row3ATaskThatFailsEveryTimeEndsTheRun(String master, String kind, String cause) throws IOException {
        conf(100_000);
        Outcome outcome = train("out", plugin(master, "kind=" + kind, "stage=60", "partition=1"));
        assertThat(outcome.exitCode()).as(outcome.errors()).isEqualTo(74);
        assertThat(outcome.errors())
                .containsPattern("sparkprop: Shards \\d+ to \\d+ failed 4 times, the last time on executor \\S+ at ")
                .contains(cause);
        assertThat(directory.resolve("out/run.json")).content().contains("\"failed\"", " failed 4 times");
        conf(60);
        Outcome resumed = train("out", "--resume", "--master", "local[2]");
        assertThat(resumed.output()).contains("Going on from the checkpoint of iteration ");
        assertThat(hash(resumed)).isEqualTo(undisturbed(60));
    }

    private static final String LOCAL_CLUSTER_QUOTED = "'" + LOCAL_CLUSTER + "'";

    @Test
    void row6WithoutExecutorsItEndsInTime() throws IOException {
        conf(10);
        int port = Program.freePort();
        Map<String, String> cluster = Map.of(
                "SPARK_MASTER_PORT", String.valueOf(port),
                "CLUSTER_DIR", directory.resolve("cluster").toString());
        try {
            assertThat(Program.run(directory, cluster, "scripts/cluster.sh", "start", "1")
                            .exitCode())
                    .isZero();
            Outcome outcome = train(
                    "out",
                    "--master",
                    "spark://127.0.0.1:" + port,
                    "--spark",
                    "spark.executor.memory=900g",
                    "--set",
                    "training.start-timeout=5 seconds");
            assertThat(outcome.exitCode()).as(outcome.errors()).isEqualTo(75);
            assertThat(outcome.errors())
                    .contains("gives no executor within 5 s (training.start-timeout)", "900g of memory");
            assertThat(directory.resolve("out/run.json")).doesNotExist();
        } finally {
            Program.run(directory, cluster, "scripts/cluster.sh", "stop");
        }
        // nobody listens there any more
        Outcome outcome =
                train("out", "--master", "spark://127.0.0.1:" + port, "--set", "training.start-timeout=5 seconds");
        assertThat(outcome.exitCode()).as(outcome.errors()).isEqualTo(75);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void row8ASignalEndsTheRunWithACheckpoint(String signal) throws IOException {
        conf(100_000);
        Outcome outcome = start("out", "--master", "local[2]", "--set", "training.checkpoint-every=auto")
                .awaitOutput("\n       12  ")
                .signal(signal)
                .await();
        assertThat(outcome.exitCode()).as(outcome.errors()).isEqualTo(3);
        assertThat(outcome.output()).contains("Stopped by SIG" + signal + " after iteration ", "--resume");
        assertThat(directory.resolve("out/_SUCCESS")).doesNotExist();
        assertThat(directory.resolve("out/run.json")).content().contains("\"stopped\"");
        int reached = loggedIterations("out").get(loggedIterations("out").size() - 1);
        int end = reached + 15;
        conf(end);
        Outcome resumed = train("out", "--resume", "--master", "local[1]");
        assertThat(resumed.output()).contains("Going on from the checkpoint of iteration " + reached);
        assertThat(hash(resumed)).isEqualTo(undisturbed(end));
        assertLogsEachIterationOnce("out", end);
    }

    @Test
    void row9AFullDiskLeavesTheCheckpointsThatAreThere() throws IOException {
        conf(60);
        String output = "fault:" + directory.resolve("out");
        Outcome outcome = train(output, faultFiles("fail-from=65", "path=checkpoints"));
        assertThat(outcome.exitCode()).as(outcome.errors()).isEqualTo(74);
        assertThat(outcome.errors()).contains("Cannot write fault:", "No space left on device");
        try (var files = Files.list(directory.resolve("out/checkpoints"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allMatch(name -> name.matches("iteration-\\d+\\.safetensors"));
        }
        assertThat(directory.resolve("out/run.json")).content().contains("No space left on device");
        assertThat(hash(train(output, merge(faultFiles(), "--resume")))).isEqualTo(undisturbed(60));
    }

    static String[] faultFiles(String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spark",
                "spark.driver.extraClassPath=" + TEST_CLASSES,
                "--spark",
                "spark.hadoop.fs.fault.impl=" + FaultFileSystem.class.getName()));
        for (String setting : settings) {
            arguments.addAll(List.of("--spark", "spark.hadoop.fs.fault." + setting));
        }
        return arguments.toArray(String[]::new);
    }

    static String[] merge(String[] some, String... more) {
        List<String> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void row10ADamagedCheckpointIsPassedOverAndWithoutAnyTheRunDoesNotStartAnew() throws IOException {
        conf(40);
        String expected = hash(train("out"));
        Files.delete(directory.resolve("out/_SUCCESS"));
        Path newest = directory.resolve("out/checkpoints/iteration-0000000040.safetensors");
        Files.write(newest, new byte[] {1});
        Outcome resumed = train("out", "--resume");
        assertThat(hash(resumed)).isEqualTo(expected);
        assertThat(resumed.errors()).contains(newest.getFileName().toString(), "trying the checkpoint before it");
        assertThat(resumed.output()).contains("Going on from the checkpoint of iteration 30");
        for (int n : new int[] {30, 40}) {
            Files.write(directory.resolve("out/checkpoints/iteration-00000000" + n + ".safetensors"), new byte[9]);
        }
        byte[] record = Files.readAllBytes(directory.resolve("out/run.json"));
        Outcome none = train("out", "--resume");
        assertThat(none.exitCode()).isEqualTo(65);
        assertThat(none.errors()).contains("none of its 2 checkpoints is valid");
        assertThat(directory.resolve("out/run.json")).hasBinaryContent(record);
    }

    @Test
    void row11OfTwoRunsOnOneDirectoryTheSecondTouchesNothing() throws IOException {
        conf(100_000);
        Running first = start("out", "--master", "local[1]").awaitOutput("\n        1  ");
        Outcome second = train("out", "--overwrite");
        assertThat(second.exitCode()).as(second.errors()).isEqualTo(75);
        assertThat(second.errors())
                .contains("Output out is locked by process " + first.process().pid() + " on ");
        // a dead owner's lock is no obstacle
        Outcome killed = first.signal("KILL").await();
        assertThat(killed.exitCode()).isEqualTo(137);
        conf(100);
        assertThat(hash(train("out", "--resume"))).isEqualTo(undisturbed(100));
    }

    @Test
    void row12AnOutputThatExistsIsNotTouched() throws IOException {
        conf(5);
        succeeded(train("out"));
        byte[] record = Files.readAllBytes(directory.resolve("out/run.json"));
        Outcome outcome = train("out");
        assertThat(outcome.exitCode()).isEqualTo(73);
        assertThat(outcome.errors()).contains("--resume", "--overwrite");
        assertThat(directory.resolve("out/run.json")).hasBinaryContent(record);
    }

    @Test
    void row13AnotherConfigurationOrOtherDataAreRefused() throws IOException {
        conf(5);
        succeeded(train("out"));
        Outcome outcome = train(
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
                .contains("Cannot resume out: data.copies was 40000 and is now 7")
                .doesNotContain("iterations");
        Outcome back = train("out", "--resume", "--set", "training.iterations=3");
        assertThat(back.exitCode()).isEqualTo(78);
        assertThat(back.errors()).contains("it is at iteration 5, beyond training.iterations = 3");
        Outcome nowhere = Program.run(
                directory,
                "scripts/sparkprop",
                "train",
                directory.resolve("faults.conf").toString(),
                "--resume");
        assertThat(nowhere.exitCode()).isEqualTo(2);
        assertThat(nowhere.errors()).contains("Missing --output");
        assertThat(directory.resolve("out/_SUCCESS")).exists();
    }

    @Test
    void row16DivergenceLeavesTheLastGoodCheckpoint() throws IOException {
        conf(1000);
        Outcome outcome = train("out", "--set", "network.hidden=linear", "--set", "optimizer.learning-rate=1e6");
        assertThat(outcome.exitCode()).as(outcome.errors()).isEqualTo(4);
        assertThat(outcome.errors()).contains("Diverged at iteration ", "learning-rate 1000000.0", "parameter");
        assertThat(directory.resolve("out/checkpoints")).isNotEmptyDirectory();
        assertThat(directory.resolve("out/model.safetensors")).doesNotExist();
    }

    @Test
    void row18DataThatFindNoRoomAreReadFromDisk() throws IOException {
        conf(3);
        String[] large = {"--set", "data.copies=8000000"};
        String expected = hash(train("roomy", merge(large, "--spark", "spark.driver.memory=3g")));
        Outcome tight = train("out", merge(large, "--spark", "spark.driver.memory=600m"));
        assertThat(hash(tight)).isEqualTo(expected);
        assertThat(tight.output()).contains(" MiB found no room in memory and are read from disk");
    }

    @Test
    void row19ResultsTooBigForTheDriverAreSlicedOrRefusedBeforeTheFirstJob() throws IOException {
        Files.writeString(
                directory.resolve("faults.conf"),
                "network { layers = [784, 300, 10], output = softmax }\n"
                        + "data { source = random, examples = 20000, shard-examples = 256, partitions = 9 }\n"
                        + "training { iterations = 3 }\n");
        String expected = hash(train("out"));
        assertThat(hash(train("sliced", "--spark", "spark.driver.maxResultSize=3m")))
                .isEqualTo(expected);
        Outcome refused = train("refused", "--spark", "spark.driver.maxResultSize=1m");
        assertThat(refused.exitCode()).as(refused.errors()).isEqualTo(78);
        assertThat(refused.errors()).contains("Invalid spark.driver.maxResultSize: 1m (must be at least 2m");
        assertThat(refused.output()).doesNotContain("Data packed");
    }
}
