package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.cli.Program.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests the scripts with a cluster, with invalid settings and in unexpected states. {@link SameBitsIT} compares the
 * results of trainings on a cluster.
 */
class ClusterScriptIT {
    @TempDir
    private Path directory;

    private Outcome cluster(Path files, int port, String... arguments) {
        Map<String, String> environment = Map.of("CLUSTER_DIR", files.toString(), "SPARK_MASTER_PORT", "" + port);
        return Program.run(directory, environment, "scripts/cluster.sh", arguments);
    }

    private void assertFails(Outcome outcome, int exitCode, String... messages) {
        assertThat(outcome.errors()).contains(messages).doesNotContain("\tat ", "Exception");
        assertThat(outcome.exitCode()).as(outcome.errors()).isEqualTo(exitCode);
        assertThat(outcome.output()).isEmpty();
    }

    @Test
    void startsOneClusterListsStoppedProcessesAndKeepsTheLogs() throws IOException {
        Path files = directory.resolve("cluster");
        int port = Program.freePort();
        assertThat(cluster(files, port, "status").exitCode()).isEqualTo(3);
        try {
            Outcome started = cluster(files, port, "start", "1");
            assertThat(started.exitCode()).as(started.errors()).isZero();
            assertThat(started.output()).startsWith("spark://127.0.0.1:" + port + " with 1 worker of ");
            assertFails(cluster(files, port, "start", "1"), 73, "a cluster is already running in " + files);

            Outcome status = cluster(files, port, "status");
            assertThat(status.exitCode()).isZero();
            assertThat(status.output())
                    .containsPattern("master running, process \\d+\nworker-1 running, process \\d+\n");
        } finally {
            assertThat(cluster(files, port, "stop").output()).isEqualTo("stopped master, worker-1\n");
        }
        assertThat(cluster(files, port, "stop").output()).isEqualTo("not running\n");
        assertThat(cluster(files, port, "status").exitCode()).isEqualTo(3);
        assertThat(files.resolve("master.log")).isNotEmptyFile();
        assertThat(files.resolve("worker-1.log")).isNotEmptyFile();
    }

    @Test
    void securedClusterRunsResidentTasksAndRejectsRunsWithoutTheSecret() {
        Runs runs = new Runs(directory);
        String expected = runs.undisturbed(200);
        String[] settings = {
            "spark.authenticate=true",
            "spark.authenticate.secret=" + directory.getFileName(),
            "spark.network.crypto.enabled=true"
        };
        Map<String, String> secured =
                Map.of("SPARK_DAEMON_JAVA_OPTS", Runs.QUICK_CODE + " -D" + String.join(" -D", settings));
        try (Cluster cluster = Cluster.start(directory, 2, secured)) {
            String[] master = Runs.merge(Runs.RESIDENT, "--master", cluster.master());
            Outcome trained = runs.train(
                    "out", Runs.merge(master, "--spark", settings[0], "--spark", settings[1], "--spark", settings[2]));
            assertThat(Runs.hash(trained)).isEqualTo(expected);
            assertThat(trained.output()).contains("resident tasks").doesNotContain("one job per evaluation");
            Outcome rejected = runs.train("other", Runs.merge(master, "--set", "training.start-timeout=5 seconds"));
            assertThat(rejected.exitCode()).as(rejected.errors()).isEqualTo(75);
        }
    }

    @Test
    void waitsForADriverOnTheClusterAndReportsItsResult() {
        new Runs(directory).iterations(3);
        try (Cluster cluster = Cluster.start(directory, 1, Map.of("WORKER_CORES", "2"))) {
            Outcome finished = scheduleOn(cluster, "--set", "sparkprop.kernels=scalar");
            assertThat(finished.output()).as(finished.errors()).startsWith("schedule: OK run=");
            assertThat(finished.exitCode()).isZero();
            Outcome failed = scheduleOn(cluster, "--set", "training.iterations=-1");
            assertThat(failed.output()).startsWith("schedule: FAILED exit=74 run=");
            assertThat(failed.exitCode()).isEqualTo(74);
        }
    }

    private Outcome scheduleOn(Cluster cluster, String... more) {
        String[] options = {"faults.conf", "--master", cluster.master(), "--deploy-mode", "cluster"};
        options =
                Runs.merge(Runs.merge(options, Runs.quick()), Runs.spark("driver.memory=600m", "executor.memory=600m"));
        return Program.run(
                directory, Map.of("SPARKPROP_RETRIES", "0"), "scripts/schedule.sh", Runs.merge(options, more));
    }

    @Test
    void busyPortIsReportedAndNoProcessIsLeftRunning() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            Path files = directory.resolve("cluster");
            assertFails(cluster(files, port, "start", "1"), 75, "port " + port + " is in use");
            assertThat(cluster(files, port, "status").exitCode()).isEqualTo(3);
        }
    }

    @Test
    void directoryWithOtherFilesIsRejectedAndUnchanged() throws IOException {
        Path log = Files.writeString(directory.resolve("master.log"), "of another program");
        Path pid = Files.writeString(directory.resolve("master.pid"), "1");
        assertFails(cluster(directory, Program.freePort(), "start", "1"), 73, "Invalid CLUSTER_DIR: " + directory);
        assertThat(cluster(directory, Program.freePort(), "stop").output()).isEqualTo("not running\n");
        assertThat(log).hasContent("of another program");
        assertThat(pid).hasContent("1");
    }

    @Test
    void processWithAReusedPidIsNotStopped() throws IOException {
        Process unrelated = new ProcessBuilder("sleep", "60").start();
        try {
            Files.createFile(directory.resolve(".sparkprop-cluster"));
            Path pid = Files.writeString(directory.resolve("master.pid"), unrelated.pid() + "\n");
            Outcome status = cluster(directory, Program.freePort(), "status");
            assertThat(status.exitCode()).isEqualTo(1);
            assertThat(status.output()).startsWith("master dead, see ");
            assertThat(cluster(directory, Program.freePort(), "stop").output()).isEqualTo("not running\n");
            assertThat(unrelated.isAlive()).isTrue();
            assertThat(pid).doesNotExist();
        } finally {
            unrelated.destroy();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--master=nonsense | Invalid --master: nonsense (must be local, local[N], local[*], spark://HOST:PORT",
                "--master= | Invalid --master:  (must be local,",
                "--master=local[0] | Invalid --master: local[0] (must be local,",
                "--deploy-mode=remote | Invalid --deploy-mode: remote (must be client or cluster)",
                "--deploy-mode=cluster | Invalid --deploy-mode: cluster with --master local[*]",
                "--spark=spark.master=yarn | Invalid --spark: spark.master=yarn (use --master)",
                "--spark=spark.submit.deployMode=cluster | (use --deploy-mode)",
                "--spark=driver.memory=1g | Invalid --spark: driver.memory=1g (must be KEY=VALUE",
            })
    void optionsThatSparkRejectsOrIgnoresAreReportedAtOnce(String option, String message) {
        assertFails(Program.run(directory, "scripts/sparkprop", "train", "x", option), 2, message);
    }

    @Test
    void invalidMemorySizeIsReported() {
        assertFails(
                Program.run(directory, "scripts/sparkprop", "train", "x", "--spark", "spark.driver.memory=lots"),
                78,
                "Spark does not start: Invalid memory: lots");
    }

    @ParameterizedTest
    @CsvSource({"1.8.0_392, '', 17 to 23", "11.0.2, /opt/spark, 17 or later", "24, '', 17 to 23"})
    void unsupportedJavaVersionIsReported(String version, String sparkHome, String allowed) throws IOException {
        Path java = directory.resolve("bin/java");
        Files.createDirectory(java.getParent());
        Files.writeString(java, "#!/bin/sh\nexit 1\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(directory.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        Map<String, String> environment = Map.of("JAVA_HOME", directory.toString(), "SPARK_HOME", sparkHome);
        assertFails(
                Program.run(directory, environment, "scripts/sparkprop", "help"),
                74,
                "Invalid Java: " + version + " in " + directory + " (must be " + allowed);
    }
}
