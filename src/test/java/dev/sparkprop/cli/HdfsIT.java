package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.cli.Program.Outcome;
import dev.sparkprop.cli.Program.Running;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a real HDFS: one NameNode and one DataNode in a separate process. */
@Tag("faults")
@ExtendWith(FaultTable.class)
class HdfsIT {
    @TempDir
    private static Path shared;

    private static Process hdfs;
    private static String root;

    @TempDir
    private Path directory;

    private Runs runs;

    @BeforeAll
    static void startHdfs() throws IOException {
        int port = Program.freePort();
        Path ready = shared.resolve("hdfs.xml");
        // a separate class path, because the jar bundles half of Hadoop
        List<Path> folders =
                List.of(Program.PROJECT.resolve("target/hdfs"), Program.PROJECT.resolve("target/spark-home/jars"));
        hdfs = new ProcessBuilder(
                        "java",
                        "-Xmx512m",
                        "-Dtest.build.data=" + shared.resolve("data"),
                        "-cp",
                        folders.get(0) + "/*:" + folders.get(1) + "/*",
                        "org.apache.hadoop.test.MiniDFSClusterManager",
                        "-format",
                        "-datanodes",
                        "1",
                        "-nnport",
                        String.valueOf(port),
                        "-writeConfig",
                        ready.toString())
                .directory(shared.toFile())
                .redirectErrorStream(true)
                .redirectOutput(shared.resolve("hdfs.log").toFile())
                .start();
        boolean up = Program.within(Duration.ofMinutes(2), () -> Files.exists(ready) || !hdfs.isAlive());
        assertThat(up && hdfs.isAlive())
                .as(Files.readString(shared.resolve("hdfs.log")))
                .isTrue();
        root = "hdfs://localhost:" + port;
    }

    @AfterAll
    static void stopHdfs() {
        hdfs.destroyForcibly();
    }

    @BeforeEach
    void createRuns() {
        runs = new Runs(directory);
    }

    private static FileSystem files() throws IOException {
        return new org.apache.hadoop.fs.Path(root).getFileSystem(new Configuration());
    }

    private Path fetch(String file) throws IOException {
        Path local = directory.resolve("fetched");
        files().copyToLocalFile(
                        false, new org.apache.hadoop.fs.Path(file), new org.apache.hadoop.fs.Path(local.toUri()), true);
        return local;
    }

    @Test
    void row7KilledRunIsResumedAndALiveRunKeepsItsLock() throws IOException {
        String output = root + "/killed";
        runs.iterations(1_000_000);
        Running first = runs.start(output).awaitOutput("\n       25  ");
        Outcome second = runs.train(output, "--overwrite");
        assertThat(second.exitCode()).as(second.errors()).isEqualTo(75);
        assertThat(second.errors())
                .contains("Output " + output + " is locked by process "
                        + first.process().pid() + " on ");
        // long enough for some heartbeats
        first.awaitOutput("\n      700  ");
        assertThat(first.signal("KILL").await().exitCode()).isEqualTo(137);
        List<Integer> logged = Runs.loggedIterations(fetch(output + "/metrics.jsonl"));
        int end = logged.get(logged.size() - 1) + 10;
        String expected = runs.undisturbed(end);
        runs.iterations(end);
        FaultTable.attempt("rows 7, 11: kill -9 on HDFS, then two simultaneous resumes", 1, () -> {
            // exactly one of the two runs takes over the dead run's lock
            Running one = runs.start(output, "--resume", "--master", "local[1]");
            Running other = runs.start(output, "--resume", "--master", "local[1]");
            KilledIT.assertOneWins(one.await(), other.await(), expected);
        });
        Runs.assertLogsEachIterationOnce(fetch(output + "/metrics.jsonl"), end);
        assertThat(names(output)).contains("_SUCCESS", "model.safetensors").doesNotContain(".lock");
        assertThat(names(output + "/checkpoints"))
                .hasSize(2)
                .allMatch(name -> name.matches("iteration-\\d+\\.safetensors"));
    }

    private static List<String> names(String path) throws IOException {
        return Stream.of(files().listStatus(new org.apache.hadoop.fs.Path(path)))
                .map(status -> status.getPath().getName())
                .toList();
    }

    @Test
    void row11ExactlyOneOfTwoSimultaneousRunsWins() {
        String expected = runs.undisturbed(3);
        for (int race = 0; race < 5; race++) {
            String output = root + "/race-" + race;
            FaultTable.attempt("row 11: two runs started at once on HDFS", 1, () -> {
                Running one = runs.start(output);
                Running other = runs.start(output);
                KilledIT.assertOneWins(one.await(), other.await(), expected);
            });
        }
    }

    /** The owner may be on another machine, or may have been killed before it wrote its name. */
    @Test
    void row11LockWithoutHeartbeatsIsTakenOver() throws IOException {
        String expected = runs.undisturbed(3);
        for (String owner : List.of(
                "",
                "{\"id\":\"a-b\",\"host\":\"elsewhere\",\"pid\":1,\"since\":\"2026-01-02T03:04:05Z\",\"beat\":7}")) {
            String output = root + "/silent-" + owner.length();
            try (FSDataOutputStream out = files().create(new org.apache.hadoop.fs.Path(output, ".lock"))) {
                out.write(owner.getBytes(StandardCharsets.UTF_8));
            }
            FaultTable.attempt("row 11: lock without heartbeats on HDFS", 1, () -> {
                Running one = runs.start(output);
                Running other = runs.start(output);
                KilledIT.assertOneWins(one.await(), other.await(), expected);
            });
        }
    }
}
