package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparkprop.cli.Program.Outcome;
import dev.sparkprop.cli.Program.Running;
import dev.sparkprop.fault.FaultFileSystem;
import dev.sparkprop.fault.FaultFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Locks on a file system that is not local, where the kernel does not manage them. */
@ExtendWith(FaultTable.class)
class LocksIT {
    private static final String OUTPUT = "viewfs://c/runs/out";

    @TempDir
    private Path directory;

    private Runs runs;

    @BeforeEach
    void createRuns() {
        runs = new Runs(directory);
    }

    /** Returns options that mount the directory at {@code viewfs://c/runs}, with the given faults. */
    private String[] remote(String... faults) {
        String[] options = Runs.spark(
                "hadoop.fs.viewfs.mounttable.c.link./runs=fault://" + directory,
                "hadoop.fs.fault.impl=" + FaultFileSystem.class.getName(),
                "hadoop.fs.AbstractFileSystem.fault.impl=" + FaultFiles.class.getName());
        return Runs.merge(
                options,
                Runs.spark(Arrays.stream(faults)
                        .map(fault -> "hadoop.fs.fault." + fault)
                        .toArray(String[]::new)));
    }

    private Running start(String... more) {
        return runs.start(OUTPUT, Runs.merge(remote(), more));
    }

    /** Trains under a command prefix that the shell parses, such as {@code unshare --pid}. */
    private Outcome trainUnder(String prefix, String... more) {
        String command = "SPARK_DIST_CLASSPATH=" + Runs.TEST_CLASSES + " " + prefix + " "
                + Program.PROJECT.resolve("scripts/sparkprop") + " train " + runs.confFile()
                + " --output " + OUTPUT + " --overwrite " + String.join(" ", Runs.SCALAR) + " "
                + String.join(" ", Runs.quoted(Runs.merge(Runs.merge(remote(), Runs.quick()), more)));
        return Program.execute(directory, "bash", "-c", command);
    }

    private static void assumeWorks(String prefix) {
        assumeTrue(Program.execute(Path.of("."), "bash", "-c", prefix + " true").exitCode() == 0, prefix);
    }

    @Test
    void row23LiveOwnerKeepsItsLockFromRunsInOtherNamespaces() throws IOException {
        List<String> otherNamespaces = List.of(
                "unshare --pid --fork --mount-proc",
                "unshare --pid --fork --mount-proc --uts sh -c 'hostname nosuch-b; exec \"$@\"' x");
        otherNamespaces.forEach(LocksIT::assumeWorks);
        runs.iterations(1_000_000);
        Running owner = start().awaitOutput("\n        1  ");
        // a heartbeat that fails halfway leaves an empty file
        Files.write(directory.resolve("out/.lock"), new byte[0]);
        List<CompletableFuture<Outcome>> others = otherNamespaces.stream()
                .map(prefix -> CompletableFuture.supplyAsync(() -> trainUnder(prefix)))
                .toList();
        for (CompletableFuture<Outcome> other : others) {
            assertThat(other.join().exitCode()).as(other.join().errors()).isEqualTo(75);
            assertThat(other.join().errors()).contains("is locked by ");
        }
        Outcome stopped = owner.signal("TERM").await();
        assertThat(stopped.exitCode()).as(stopped.errors()).isEqualTo(3);
        assertThat(directory.resolve("out/.lock")).doesNotExist();
    }

    @Test
    void row24SuspendedRunThatWasReplacedChangesNothing() throws IOException {
        List<String> changes = changes();
        List<Integer> renames = Stream.of("rename run.json", "rename iteration-0000000010.safetensors")
                .map(change -> changes.indexOf(change) + 1)
                .toList();
        atEach(renames, changes, 2);
    }

    @Tag("faults")
    @Test
    void row24RunSuspendedAtAnyChangeAndReplacedChangesNothing() throws IOException {
        List<String> changes = changes();
        atEach(IntStream.rangeClosed(1, changes.size()).boxed().toList(), changes, 6);
    }

    /** Suspends a run at each of the given changes, several at a time, because they mostly wait. */
    private void atEach(List<Integer> numbers, List<String> changes, int atATime) {
        ExecutorService threads = Executors.newFixedThreadPool(atATime);
        try {
            List<CompletableFuture<Void>> attempts = numbers.stream()
                    .map(n -> CompletableFuture.runAsync(
                            () -> FaultTable.attempt(
                                    "row 24: suspended at a file change, taken over, continued",
                                    1,
                                    () -> assertSuspendedRunChangesNothing(n, changes.get(n - 1))),
                            threads))
                    .toList();
            attempts.forEach(CompletableFuture::join);
        } finally {
            threads.shutdown();
        }
    }

    /** Returns the changes that a run makes to its files, in order. */
    private List<String> changes() throws IOException {
        runs.iterations(20);
        Path log = directory.resolve("changes.log");
        Outcome outcome = runs.train("viewfs://c/runs/whole", remote("log=" + log));
        assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
        return Files.readAllLines(log);
    }

    private void assertSuspendedRunChangesNothing(int change, String description) {
        String name = "out-" + change;
        String output = "viewfs://c/runs/" + name;
        Running suspended = runs.start(output, remote("stop-at=" + change));
        assertThat(Program.within(
                        Duration.ofMinutes(2),
                        () -> isStopped(suspended.process().pid())))
                .as(description)
                .isTrue();
        boolean complete = Files.exists(directory.resolve(name).resolve("_SUCCESS"));
        Outcome other = runs.train(output, Runs.merge(remote(), "--resume"));
        assertThat(other.exitCode()).as(description + other.errors()).isZero();
        Map<String, String> before = files(name);
        Outcome continued = suspended.signal("CONT").await();
        assertThat(files(name)).as(description).isEqualTo(before);
        // 73 if it did not have the lock yet, because the output exists; 0 if it had already written everything
        assertThat(continued.exitCode())
                .as(change + " " + description + continued.errors())
                .isIn(complete ? List.of(0, 75) : List.of(73, 75));
    }

    private static boolean isStopped(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1)
                    .replaceFirst(".*\\) ", "")
                    .startsWith("T");
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the content of each file of a run, except for replaced locks ({@code .lock-*}). */
    private Map<String, String> files(String name) {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory.resolve(name))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        contents.keySet().removeIf(file -> file.contains("/.lock-"));
        return contents;
    }
}
