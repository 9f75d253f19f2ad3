package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sparkprop.cli.Program.Outcome;
import dev.sparkprop.fault.FaultFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Row 7 of the table of faults: kills the process at every change that a run makes to its files, and resumes the run.
 * A kill between a rename and the synchronization of its directory is not tried: it leaves the same files as a kill at
 * the next change.
 */
@Tag("faults")
@ExtendWith(FaultTable.class)
class KilledAtEveryChangeIT {
    private static final int ITERATIONS = 2;

    @TempDir
    private Path directory;

    private Path classes;
    private String expected;

    /** When to kill the process: just before the change of the given number, or in the middle of it. */
    private record Moment(int number, String change, boolean half) {
        String[] settings() {
            return new String[] {"halt-at=" + number, "half=" + half};
        }

        @Override
        public String toString() {
            return (half ? "half of " : "") + "change " + number + ", " + change;
        }
    }

    @BeforeEach
    void runWithoutFaults() throws IOException {
        Files.writeString(
                directory.resolve("faults.conf"),
                "network.layers = [2, 2, 1]\ndata.source = xor\noptimizer.learning-rate = 1\n"
                        + "training { iterations = " + ITERATIONS + ", log-every = 1, checkpoint-every = 1 }\n");
        // only jars on the class path, so that Java can archive the classes of one run for the following ones
        Path jar = directory.resolve("fault.jar");
        Program.execute(
                directory, "jar", "--create", "--file", jar.toString(), "-C", Runs.TEST_CLASSES, "dev/sparkprop/fault");
        classes = directory.resolve("classes.jsa");
        train("expected", List.of("-XX:ArchiveClassesAtExit=" + classes), List.of());
        expected = hash("expected");
        assertThat(moments("expected").size()).isGreaterThan(50);
    }

    /** Runs the program as spark-submit does, but without the launcher's process. */
    private Outcome train(String output, List<String> jvmOptions, List<String> arguments, String... faultSettings) {
        List<String> command = new ArrayList<>(List.of("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of(System.getProperty("spark.jvm.options").strip().split("\\s+")));
        command.addAll(jvmOptions);
        for (String setting : Runs.merge(
                faultSettings,
                "impl=" + FaultFileSystem.class.getName(),
                "log=" + directory.resolve(output + ".log"))) {
            command.add("-Dspark.hadoop.fs.fault." + setting);
        }
        command.addAll(List.of(
                "-Dspark.master=local[1]",
                "-Dspark.ui.enabled=false",
                "-Dlog4j2.configurationFile=" + Program.PROJECT.resolve("conf/log4j2.properties"),
                "-cp",
                directory.resolve("fault.jar") + ":" + Program.PROJECT.resolve("target/sparkprop.jar") + ":"
                        + Program.PROJECT.resolve("target/spark-home/jars") + "/*",
                "dev.sparkprop.cli.Main",
                "train",
                directory.resolve("faults.conf").toString(),
                "--set",
                "sparkprop.kernels=scalar",
                "--output",
                "fault:" + directory.resolve(output)));
        command.addAll(arguments);
        return Program.execute(directory, command.toArray(String[]::new));
    }

    /** Returns each change that a run made, and the middle of each change that is a write. */
    private List<Moment> moments(String output) throws IOException {
        List<Moment> moments = new ArrayList<>();
        List<String> changes = Files.readAllLines(directory.resolve(output + ".log"));
        for (int n = 1; n <= changes.size(); n++) {
            String change = changes.get(n - 1);
            moments.add(new Moment(n, change, false));
            if (change.startsWith("write ")) {
                moments.add(new Moment(n, change, true));
            }
        }
        return moments;
    }

    private String hash(String output) {
        Path record = directory.resolve(output).resolve("run.json");
        try {
            return new ObjectMapper()
                    .readTree(record.toFile())
                    .at("/result/parametersSha256")
                    .asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome resume(String output, String... faults) {
        return train(output, List.of("-XX:SharedArchiveFile=" + classes), List.of("--resume"), faults);
    }

    private void assertResumesWithTheSameBits(String output) {
        Outcome outcome = resume(output);
        assertThat(outcome.exitCode()).as(outcome.output() + outcome.errors()).isZero();
        assertThat(hash(output)).isEqualTo(expected);
        assertThat(directory.resolve(output)).isDirectoryContaining("glob:**/_SUCCESS");
        Runs.assertLogsEachIterationOnce(directory.resolve(output).resolve("metrics.jsonl"), ITERATIONS);
    }

    @Test
    void row7RunKilledAtAnyChangeResumesWithTheSameBits() throws Exception {
        atEach("row 7: run killed at a file change", moments("expected"), (moment, output) -> {
            Outcome killed = train(output, List.of("-XX:SharedArchiveFile=" + classes), List.of(), moment.settings());
            assertThat(killed.exitCode()).as(killed.errors()).isEqualTo(137);
            assertResumesWithTheSameBits(output);
        });
    }

    @Test
    void row7ResumedRunKilledAtAnyChangeResumesWithTheSameBits() throws Exception {
        // if a run is killed just before this rename, its resumed run must write the last checkpoint and line of
        // metrics
        Moment lastRename = moments("expected").stream()
                .filter(moment -> moment.change().equals("rename iteration-000000000" + ITERATIONS + ".safetensors"))
                .findFirst()
                .orElseThrow();
        train("dead", List.of(), List.of(), lastRename.settings());
        copy("dead", "whole");
        resume("whole");
        atEach("row 7: resumed run killed at a file change", moments("whole"), (moment, output) -> {
            copy("dead", output);
            Outcome killed = resume(output, moment.settings());
            assertThat(killed.exitCode()).as(killed.errors()).isEqualTo(137);
            assertResumesWithTheSameBits(output);
        });
    }

    @FunctionalInterface
    private interface Attempt {
        void at(Moment moment, String output);
    }

    /** Tries all moments, two at a time, and continues after a failure. */
    private static void atEach(String fault, List<Moment> moments, Attempt attempt) {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        List<String> failures = moments.stream()
                .map(moment -> CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                FaultTable.attempt(
                                        fault, 1, () -> attempt.at(moment, "out-" + moment.number() + moment.half()));
                                return "";
                            } catch (AssertionError | RuntimeException e) {
                                return moment + ": " + e.getMessage();
                            }
                        },
                        executor))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .filter(failure -> !failure.isEmpty())
                .toList();
        executor.shutdown();
        assertThat(failures).isEmpty();
    }

    private void copy(String from, String to) {
        try (Stream<Path> files = Files.walk(directory.resolve(from))) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        directory.resolve(to).resolve(directory.resolve(from).relativize(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
