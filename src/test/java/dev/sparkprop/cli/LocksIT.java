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

/** Locks where no kernel keeps them: on a file system that is none of this machine's. */
@ExtendWith(FaultTable.class)
class LocksIT {
    private static final String OUTPUT = "viewfs://c/runs/out";

    @TempDir
    private Path directory;

    private Runs runs;

    @BeforeEach
    void runsInTheDirectory() {
        runs = new Runs(directory);
    }

    /** Files under {@code viewfs://c/runs}, which are in the directory; with faults. */
    private String[] remote(String... faults) {
        String[] options = Runs.spark(
                "driver.extraClassPath=" + Runs.TEST_CLASSES,
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

    /** A program as the shell starts it that gets what the words before it do. */
    private Outcome trainUnder(String words, String... more) {
        String command = words + " " + Program.PROJECT.resolve("scripts/sparkprop") + " train " + runs.confFile()
                + " --output " + OUTPUT + " --overwrite " + String.join(" ", Runs.SCALAR) + " "
                + String.join(" ", Runs.quoted(Runs.merge(Runs.merge(remote(), Runs.quick()), more)));
        return Program.execute(directory, "bash", "-c", command);
    }

    private static void assumeWorks(String words) {
        assumeTrue(Program.execute(Path.of("."), "bash", "-c", words + " true").exitCode() == 0, words);
    }

    @Test
    void row23ALiveOwnerKeepsItsLockWhateverOthersThinkOfItsProcess() throws IOException {
        List<String> elsewhere = List.of(
                "unshare --pid --fork --mount-proc",
                "unshare --pid --fork --mount-proc --uts sh -c 'hostname nosuch-b; exec \"$@\"' x");
        elsewhere.forEach(LocksIT::assumeWorks);
        runs.iterations(1_000_000);
        Running owner = start().awaitOutput("\n        1  ");
        // what a heartbeat leaves that fails half way
        Files.write(directory.resolve("out/.lock"), new byte[0]);
        List<CompletableFuture<Outcome>> others = elsewhere.stream()
                .map(words -> CompletableFuture.supplyAsync(() -> trainUnder(words)))
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
    void row24ASleeperThatWasTakenOverTouchesNothing() throws IOException {
        List<String> changes = changes();
        List<Integer> two = Stream.of("rename run.json", "rename iteration-0000000010.safetensors")
                .map(change -> changes.indexOf(change) + 1)
                .toList();
        atEach(two, changes, 2);
    }

    @Tag("faults")
    @Test
    void row24ASleeperThatWasTakenOverTouchesNothingAtWhateverChangeItFellAsleep() throws IOException {
        List<String> changes = changes();
        atEach(IntStream.rangeClosed(1, changes.size()).boxed().toList(), changes, 6);
    }

    /** Suspends a run at each of some changes, several at a time: they wait for most of their time. */
    private void atEach(List<Integer> numbers, List<String> changes, int atATime) {
        ExecutorService threads = Executors.newFixedThreadPool(atATime);
        try {
            List<CompletableFuture<Void>> attempts = numbers.stream()
                    .map(n -> CompletableFuture.runAsync(
                            () -> FaultTable.attempt(
                                    "row 24: suspended at a change of its files, taken over, woken",
                                    1,
                                    () -> assertSleeperTouchesNothing(n, changes.get(n - 1))),
                            threads))
                    .toList();
            attempts.forEach(CompletableFuture::join);
        } finally {
            threads.shutdown();
        }
    }

    /** The changes that a run makes to its files, in their order. */
    private List<String> changes() throws IOException {
        runs.iterations(20);
        Path log = directory.resolve("changes.log");
        Outcome outcome = runs.train("viewfs://c/runs/whole", remote("log=" + log));
        assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
        return Files.readAllLines(log);
    }

    private void assertSleeperTouchesNothing(int change, String what) {
        String name = "out-" + change;
        String output = "viewfs://c/runs/" + name;
        Running sleeper = runs.start(output, remote("stop-at=" + change));
        assertThat(Program.within(
                        Duration.ofMinutes(2), () -> stopped(sleeper.process().pid())))
                .as(what)
                .isTrue();
        boolean complete = Files.exists(directory.resolve(name).resolve("_SUCCESS"));
        Outcome other = runs.train(output, Runs.merge(remote(), "--resume"));
        assertThat(other.exitCode()).as(what + other.errors()).isZero();
        Map<String, String> before = files(name);
        Outcome woken = sleeper.signal("CONT").await();
        assertThat(files(name)).as(what).isEqualTo(before);
        // until it has the lock it only finds that the output exists, and once all is written it has nothing to lose
        assertThat(woken.exitCode())
                .as(change + " " + what + woken.errors())
                .isIn(complete ? List.of(0, 75) : List.of(73, 75));
    }

    private static boolean stopped(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1)
                    .replaceFirst(".*\\) ", "")
                    .startsWith("T");
        } catch (IOException e) {
            return false;
        }
    }

    /** The content of each file of a run, but for graves of locks. */
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
