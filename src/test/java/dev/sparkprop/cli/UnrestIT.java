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
 * Disturbs runs at random until they finish, for some minutes ({@code -Dunrest.minutes=20}). Runs are killed,
 * stopped, or suspended while another run takes over. Their newest files are damaged, and their disk is filled.
 * Each run must end with the same bits as an undisturbed one.
 */
@Tag("faults")
@ExtendWith(FaultTable.class)
class UnrestIT {
    private static final Duration LENGTH = Duration.ofMinutes(Integer.getInteger("unrest.minutes", 2));
    private static final Path IRIS = Program.PROJECT.resolve("conf/data/iris-test.csv");

    /** Finished, stopped, output exists, I/O failed, locked; and the exit codes of processes that signals ended. */
    private static final Set<Integer> EXPECTED = Set.of(0, 3, 73, 74, 75, 130, 137, 143);

    @TempDir
    private Path directory;

    /** Where runs write their output. */
    enum Place {
        LOCAL_DISK,
        SMALL_DISK,
        REMOTE
    }

    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<Integer, String> hashes = new TreeMap<>();
    private List<Path> checkpointsAtLastDamage = List.of();
    private Place place;
    private Random random;
    private Runs runs;

    private void count(String event) {
        counts.merge(event, 1, Integer::sum);
    }

    private String[] options() {
        return place != Place.REMOTE
                ? new String[0]
                : Runs.spark(
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
    void rows7To11And24To26DisturbedRunEndsWithTheSameBits(Place location) throws Exception {
        place = location;
        random = new Random(location.ordinal() + Long.getLong("unrest.seed", 1));
        runs = new Runs(directory);
        if (location == Place.SMALL_DISK) {
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
                        "disturbed at random: " + location, 1, () -> disturbUntilFinished(name, iterations, expected));
                score(name);
                Program.execute(directory, "rm", "-rf", path(name).toString());
            }
        } finally {
            System.out.println(location + " " + counts);
            if (location == Place.SMALL_DISK) {
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
            last = runDisturbed(name, iterations);
            check(last);
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

    private void check(Outcome outcome) {
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

    private Outcome runDisturbed(String name, int iterations) {
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

    /** Suspends a run until another one has tried to take over. */
    private void takeOver(String name, int iterations, Running run) {
        pause(9_000);
        count("SIGSTOP, and another run");
        run.signal("STOP");
        check(start(name, iterations).await());
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
            // the disk is full now
        }
        pause(2_000);
        try {
            Files.deleteIfExists(filler);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Damages the newest checkpoint if another one is valid, or a different file. Returns true if lines of the log
     * may be lost.
     */
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
                    // if these are the files of the last damage, the newest one may be the only valid one
                    if (checkpoints.size() > 1 && !checkpoints.equals(checkpointsAtLastDamage)) {
                        corrupt(checkpoints.get(checkpoints.size() - 1));
                        checkpointsAtLastDamage = checkpoints;
                    }
                }
                case 1 -> corrupt(path(name).resolve("run.json"));
                case 2 -> {
                    return corrupt(path(name).resolve("metrics.jsonl"));
                }
                case 3 -> corrupt(path(name).resolve("report.html"));
                default -> {}
            }
            return false;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean corrupt(Path file) throws IOException {
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

    /** Scores with the finished model. Kills one scoring, and repeats it with a different output. */
    private void score(String name) {
        Path model = path(name).resolve("model.safetensors");
        Running predicting = Program.start(
                directory,
                Map.of(),
                "scripts/sparkprop",
                Runs.merge(Runs.quick(), "predict", model.toString(), IRIS.toString(), "--output", name + "-killed"));
        pause(9_000);
        check(predicting.signal("KILL").await());
        String[] predict = {"predict", model.toString(), IRIS.toString(), "--output", name + "-predicted"};
        Outcome predicted = Program.run(directory, "scripts/sparkprop", Runs.merge(Runs.quick(), predict));
        check(predicted);
        assertThat(predicted.exitCode()).isZero();
        Outcome evaluated = Program.run(
                directory,
                "scripts/sparkprop",
                Runs.merge(Runs.quick(), "evaluate", model.toString(), IRIS.toString()));
        check(evaluated);
        assertThat(evaluated.output()).contains("ccuracy");
        count("scored");
    }

    private void pause(int maxMilliseconds) {
        try {
            Thread.sleep(random.nextInt(maxMilliseconds));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
