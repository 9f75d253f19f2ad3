package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sparkprop.cli.Program.Outcome;
import dev.sparkprop.cli.Program.Running;
import dev.sparkprop.config.InvalidConfigException;
import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.config.TrainingPlans;
import dev.sparkprop.config.WithoutSpark;
import dev.sparkprop.store.ParameterHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Trainings of one small net, of which all have the same bits after as many iterations. */
final class Runs {
    static final String LOCAL_CLUSTER = "local-cluster[2,1,1024]";
    static final String TEST_CLASSES =
            Program.PROJECT.resolve("target/test-classes").toString();

    /** For runs of seconds, which would spend most of them on machine code that they do not live to use. */
    private static final String QUICK_CODE = "-XX:TieredStopAtLevel=1";

    /** The vector kernels are slow in such code. */
    static final String[] SCALAR = {"--set", "sparkprop.kernels=scalar"};

    /** Made when a process is first started: others need no archive of classes. */
    private static final class Archive {
        static final String OPTIONS = sharedClasses();
    }

    /** Options for a process of seconds. */
    static String[] quick() {
        return java(Archive.OPTIONS + " " + QUICK_CODE);
    }

    /** Options for a process that needs better code, but no time to load classes. */
    static String[] quickToLoad() {
        return java(Archive.OPTIONS);
    }

    private static String[] java(String options) {
        return spark("driver.extraJavaOptions=" + options, "executor.extraJavaOptions=" + options);
    }

    /** Tests of faults count jobs, unless they say otherwise. */
    static final String[] JOBS = {"--set", "sparkprop.engine=jobs"};

    static final String[] RESIDENT = {"--set", "sparkprop.engine=resident"};

    private static final Map<String, String> UNDISTURBED = new ConcurrentHashMap<>();

    private final Path directory;
    private final int copies;

    /** Runs whose configuration and outputs lie in a directory, of 16,000 examples. */
    Runs(Path directory) {
        this(directory, 4_000);
    }

    /**
     * Runs whose configuration and outputs lie in a directory.
     *
     * @param copies of four examples
     */
    Runs(Path directory, int copies) {
        this.directory = directory;
        this.copies = copies;
    }

    /**
     * Options for a JVM that has Spark's classes ready in an archive, which the first run of a build makes, of data in a file: a
     * start takes 3.3 s instead of 5.3. A JVM with other jars goes without it, and says nothing.
     */
    private static String sharedClasses() {
        String quiet = "-Xlog:cds*=off";
        Path archive = Program.PROJECT.resolve("target/quick-start.jsa");
        if (archive.toString().contains(" ")) {
            return quiet;
        }
        // tests in another process may be here too
        Path lock = archive.resolveSibling("quick-start.lock");
        try (FileChannel making = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            making.lock();
            if (!Files.exists(archive)) {
                make(archive, quiet);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "-XX:SharedArchiveFile=" + archive + " " + quiet;
    }

    private static void make(Path archive, String quiet) throws IOException {
        String making = QUICK_CODE + " -XX:ArchiveClassesAtExit=" + archive + " " + quiet;
        String[] run = {"train", Program.PROJECT.resolve("conf/iris.conf").toString(), "--output", "out"};
        String[] brief = merge(SCALAR, "--set", "training.iterations=3");
        Program.run(
                Files.createTempDirectory("quick-start"),
                "scripts/sparkprop",
                merge(spark("driver.extraJavaOptions=" + making), merge(run, brief)));
    }

    /** Sets the number of iterations of the runs that are started from now on. */
    void iterations(int count) {
        conf(configuration(count));
    }

    private String configuration(int iterations) {
        return "network.layers = [2, 2, 1]\ndata { source = xor, copies = " + copies + ", shard-examples = 1024 }\n"
                + "optimizer.learning-rate = 1\n"
                + "training { iterations = " + iterations + ", log-every = 1, checkpoint-every = 10 }\n";
    }

    /** Sets the configuration of the runs that are started from now on. */
    void conf(String text) {
        try {
            Files.writeString(confFile(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path confFile() {
        return directory.resolve("faults.conf");
    }

    /** Starts a training in a process of its own. */
    Running start(String output, String... more) {
        return start(directory, training(output, more));
    }

    private static Running start(Path directory, String... arguments) {
        return Program.start(directory, Map.of(), "scripts/sparkprop", merge(quick(), arguments));
    }

    private String[] training(String output, String... more) {
        String[] usual = {"train", confFile().toString(), "--output", output};
        return merge(merge(merge(usual, SCALAR), JOBS), more);
    }

    /** Kills an executor of a local cluster, as soon as there is one; a process that has ended, but not for its parent, has no command. */
    static void killExecutor(Running driver, Random random) {
        List<ProcessHandle> executors = new ArrayList<>();
        assertThat(Program.within(Duration.ofMinutes(1), () -> {
                    executors.clear();
                    driver.process()
                            .children()
                            .filter(child -> child.info().command().isPresent())
                            .forEach(executors::add);
                    return !executors.isEmpty();
                }))
                .isTrue();
        executors.get(random.nextInt(executors.size())).destroyForcibly();
    }

    /** Trains, in this JVM if that can be. */
    Outcome train(String output, String... more) {
        return sparkprop(directory, training(output, more));
    }

    /** Runs a command, in this JVM if that can be, or else in a process of seconds. */
    static Outcome sparkprop(Path directory, String... arguments) {
        if (ThisJvm.fits(directory, arguments)) {
            return ThisJvm.run(arguments);
        }
        return start(directory, arguments).await();
    }

    static String hash(Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.output() + outcome.errors()).isZero();
        return outcome.after("Parameters SHA-256");
    }

    /** Sets the number of iterations and returns the hash of the parameters after them, computed in this process without Spark. */
    String undisturbed(int iterations) {
        iterations(iterations);
        return UNDISTURBED.computeIfAbsent(configuration(iterations), text -> {
            try {
                TrainingPlan plan = TrainingPlans.read(confFile(), List.of(SCALAR[1]));
                return ParameterHash.sha256(WithoutSpark.train(plan, plan.drawnParameters(), iteration -> {})
                        .parameters());
            } catch (IOException | InvalidConfigException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** The iterations in a file of metrics, in its order. */
    static List<Integer> loggedIterations(Path metrics) {
        return logged(metrics).stream()
                .map(line -> line.get("iteration").intValue())
                .toList();
    }

    /** The whole lines in a file of metrics; a killed process may leave a part of one at its end. */
    static List<JsonNode> logged(Path metrics) {
        try {
            List<JsonNode> lines = new ArrayList<>();
            String text = Files.readString(metrics);
            for (String line :
                    text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                lines.add(new ObjectMapper().readTree(line));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int lastLogged(String output) {
        List<Integer> logged = loggedIterations(metrics(output));
        return logged.get(logged.size() - 1);
    }

    private Path metrics(String output) {
        return directory.resolve(output).resolve("metrics.jsonl");
    }

    void assertLogsEachIterationOnce(String output, int iterations) {
        assertLogsEachIterationOnce(metrics(output), iterations);
    }

    static void assertLogsEachIterationOnce(Path metrics, int iterations) {
        assertThat(loggedIterations(metrics))
                .isEqualTo(IntStream.rangeClosed(0, iterations).boxed().toList());
    }

    /** Options that set properties of Spark's, each {@code KEY=VALUE} without the {@code spark.} before it. */
    static String[] spark(String... settings) {
        return Arrays.stream(settings)
                .flatMap(setting -> List.of("--spark", "spark." + setting).stream())
                .toArray(String[]::new);
    }

    /** Words for a shell's command line. */
    static String[] quoted(String... words) {
        return Arrays.stream(words).map(word -> "'" + word + "'").toArray(String[]::new);
    }

    static String[] merge(String[] some, String... more) {
        List<String> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
