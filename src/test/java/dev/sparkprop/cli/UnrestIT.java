package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparkprop.cli.Program.Outcome;
import dev.sparkprop.cli.Program.Running;
import dev.sparkprop.fault.FaultFileSystem;
import dev.sparkprop.fault.FaultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs that are disturbed at random until they are finished, for some minutes ({@code -Dunrest.minutes=20}): killed, stopped, suspended
 * while another takes over, their newest files damaged, their disk filled. Each must end with the bits of one that was left alone.
 */
@Tag("faults")
@ExtendWith(FaultTable.class)
class UnrestIT {
    private static final Duration LENGTH = Duration.ofMinutes(Integer.getInteger("unrest.minutes", 2));
    private static final Path IRIS = Program.PROJECT.resolve("conf/data/iris-test.csv");

    /** Finished, stopped, output made by another run, input or output failed, locked; and what the system makes of signals. */
    private static final Set<Integer> EXPECTED = Set.of(0, 3, 73, 74, 75, 130, 137, 143);

    @TempDir
    private Path directory;

    /** Where runs have their output. */
    enum Place {
        LOCAL_DISK,
        SMALL_DISK,
        REMOTE
    }

    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<Integer, String> hashes = new TreeMap<>();
    private List<Path> atLastDamage = List.of();
    private Place place;
    private Random random;
    private Runs runs;

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private String[] options() {
        return place != Place.REMOTE
                ? new String[0]
                : Runs.spark(
                        "driver.extraClassPath=" + Runs.TEST_CLASSES,
                        "hadoop.fs.viewfs.mounttable.c.link./runs=fault://" + directory,
                        "hadoop.fs.fault.impl=" + FaultFileSystem.class.getName(),
                        "hadoop.fs.AbstractFileSystem.fault.impl=" + FaultFiles.class.getName());
    }

    private Path path(String name) {
        return directory.resolve(place == Place.SMALL_DISK ? "small/" + name : name);
    }

    private Running start(String name, int iterations) {
        runs.conf(conf(iterations));
        String output =
                place == Place.REMOTE ? "viewfs://c/runs/" + name : path(name).toString();
        String[] resume = Files.exists(path(name).resolve("run.json")) ? new String[] {"--resume"} : new String[0];
        return runs.start(
                output,
                Runs.merge(
                        Runs.merge(options(), resume),
                        "--set",
                        "sparkprop.engine=" + (random.nextBoolean() ? "jobs" : "resident"),
                        "--master",
                        "local[" + (1 + random.nextInt(2)) + "]"));
    }

    private static String conf(int iterations) {
        return "network { layers = [4, 8, 3], hidden = tanh, output = softmax }\ndata { source = csv, "
                + "standardize = true, path = \"" + Program.PROJECT.resolve("conf/data/iris-train.csv")
                + "\" }\noptimizer { name = momentum }\ntraining { iterations = " + iterations
                + ", log-every = 1, checkpoint-every = 20 }\n";
    }

    @ParameterizedTest
    @EnumSource
    void rows7To11And24To26AfterAllThatHappensARunEndsWithItsBits(Place where) throws Exception {
        place = where;
        random = new Random(where.ordinal() + Long.getLong("unrest.seed", 1));
        runs = new Runs(directory);
        if (where == Place.SMALL_DISK) {
            Files.createDirectory(directory.resolve("small"));
            String[] mount = {
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=2m",
                "tmpfs",
                directory.resolve("small").toString()
            };
            assumeTrue(Program.execute(directory, mount).exitCode() == 0, "mount");
        }
        try {
            long end = System.nanoTime() + LENGTH.toNanos();
            for (int run = 0; System.nanoTime() < end; run++) {
                int iterations = 1_000 * (1 + random.nextInt(3));
                String name = "run-" + run;
                String expected = expected(iterations);
                FaultTable.attempt(
                        "disturbed at random: " + where, 1, () -> disturbUntilFinished(name, iterations, expected));
                score(name);
                Program.execute(directory, "rm", "-rf", path(name).toString());
            }
        } finally {
            System.out.println(where + " " + counts);
            if (where == Place.SMALL_DISK) {
                Program.execute(directory, "umount", directory.resolve("small").toString());
            }
        }
    }

    private String expected(int iterations) {
        return hashes.computeIfAbsent(iterations, n -> {
            runs.conf(conf(n));
            return Runs.hash(runs.train("whole-" + n));
        });
    }

    private void disturbUntilFinished(String name, int iterations, String expected) {
        boolean logDamaged = false;
        Outcome last;
        do {
            last = disturbed(name, iterations);
            note(last);
            logDamaged |= last.exitCode() != 0 && damage(name);
        } while (last.exitCode() != 0);
        count("finished");
        if (last.output().contains("Parameters SHA-256")) {
            assertThat(Runs.hash(last)).isEqualTo(expected);
        }
        assertThat(path(name).resolve("run.json")).content().contains(expected);
        List<Integer> logged = Runs.loggedIterations(path(name).resolve("metrics.jsonl"));
        if (logDamaged) {
            assertThat(logged).isSorted().doesNotHaveDuplicates();
        } else {
            assertThat(logged)
                    .isEqualTo(IntStream.rangeClosed(0, iterations).boxed().toList());
        }
    }

    private void note(Outcome outcome) {
        count("exit " + outcome.exitCode());
        if (outcome.exitCode() == 74) {
            outcome.errors()
                    .lines()
                    .filter(line -> line.startsWith("sparkprop: "))
                    .forEach(System.out::println);
        }
        assertThat(outcome.exitCode()).as(outcome.output() + outcome.errors()).isIn(EXPECTED);
        assertThat(outcome.errors()).doesNotContain("\tat ");
    }

    private Outcome disturbed(String name, int iterations) {
        Running run = start(name, iterations);
        switch (random.nextInt(6)) {
            case 0 -> {}
            case 1 -> {
                pause(9_000);
                count("SIGKILL");
                run.signal("KILL");
            }
            case 2 -> {
                pause(9_000);
                count("SIGTERM");
                run.signal("TERM");
            }
            case 3 -> {
                for (int times = random.nextInt(4); times >= 0; times--) {
                    pause(4_000);
                    count("SIGSTOP");
                    run.signal("STOP");
                    pause(3_000);
                    run.signal("CONT");
                }
            }
            case 4 -> takeOver(name, iterations, run);
            default -> fillDisk();
        }
        return run.await();
    }

    /** Suspends a run until another one has tried to take its place. */
    private void takeOver(String name, int iterations, Running run) {
        pause(9_000);
        count("SIGSTOP, and another run");
        run.signal("STOP");
        note(start(name, iterations).await());
        run.signal("CONT");
    }

    private void fillDisk() {
        if (place != Place.SMALL_DISK) {
            return;
        }
        pause(8_000);
        count("disk filled");
        Path filler = directory.resolve("small/filler");
        try {
            Files.write(filler, new byte[4 << 20]);
        } catch (IOException e) {
            // it is full now
        }
        pause(2_000);
        try {
            Files.deleteIfExists(filler);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Damages the newest checkpoint where another one is valid, or another file; returns whether lines of the log may be lost. */
    private boolean damage(String name) {
        try {
            List<Path> checkpoints = new ArrayList<>();
            Path folder = path(name).resolve("checkpoints");
            if (Files.isDirectory(folder)) {
                try (var files = Files.list(folder)) {
                    files.filter(file -> file.toString().endsWith(".safetensors"))
                            .sorted()
                            .forEach(checkpoints::add);
                }
            }
            switch (random.nextInt(6)) {
                case 0 -> {
                    // one that is there again, or was never written anew, may be the only valid one but for the damaged
                    if (checkpoints.size() > 1 && !checkpoints.equals(atLastDamage)) {
                        spoil(checkpoints.get(checkpoints.size() - 1));
                        atLastDamage = checkpoints;
                    }
                }
                case 1 -> spoil(path(name).resolve("run.json"));
                case 2 -> {
                    return spoil(path(name).resolve("metrics.jsonl"));
                }
                case 3 -> spoil(path(name).resolve("report.html"));
                default -> {}
            }
            return false;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean spoil(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return false;
        }
        byte[] bytes = Files.readAllBytes(file);
        if (random.nextBoolean()) {
            count("truncated " + file.getFileName().toString().replaceAll("\\d", ""));
            Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
        } else {
            count("flipped a bit of " + file.getFileName().toString().replaceAll("\\d", ""));
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bytes);
        }
        return true;
    }

    /** Scores with the finished model; a killed scoring is made again elsewhere. */
    private void score(String name) {
        Path model = path(name).resolve("model.safetensors");
        Running predicting = Program.start(
                directory,
                Map.of(),
                "scripts/sparkprop",
                Runs.merge(Runs.quick(), "predict", model.toString(), IRIS.toString(), "--output", name + "-killed"));
        pause(9_000);
        note(predicting.signal("KILL").await());
        String[] predict = {"predict", model.toString(), IRIS.toString(), "--output", name + "-predicted"};
        Outcome predicted = Program.run(directory, "scripts/sparkprop", Runs.merge(Runs.quick(), predict));
        note(predicted);
        assertThat(predicted.exitCode()).isZero();
        Outcome evaluated = Program.run(
                directory,
                "scripts/sparkprop",
                Runs.merge(Runs.quick(), "evaluate", model.toString(), IRIS.toString()));
        note(evaluated);
        assertThat(evaluated.output()).contains("ccuracy");
        count("scored");
    }

    private void pause(int most) {
        try {
            Thread.sleep(random.nextInt(most));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
