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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Runs of one small network. Runs with the same number of iterations have the same bits. */
final class Runs {
    static final String LOCAL_CLUSTER = "local-cluster[2,1,1024]";
    static final String TEST_CLASSES =
            Program.PROJECT.resolve("target/test-classes").toString();

    /** For runs of a few seconds, which end before they benefit from optimized machine code. */
    static final String QUICK_CODE = "-XX:TieredStopAtLevel=1";

    /** For executors that compute for many seconds. */
    static final String OPTIMIZED_EXECUTOR = "spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=4";

    /** The vector kernels are slow in code that is not fully optimized. */
    static final String[] SCALAR = {"--set", "sparkprop.kernels=scalar"};

    /** Returns options for a process that runs for a few seconds. */
    static String[] quick() {
        return spark("driver.extraJavaOptions=" + QUICK_CODE, "executor.extraJavaOptions=" + QUICK_CODE);
    }

    /** The engine of these runs by default, because fault tests count jobs. */
    static final String[] JOBS = {"--set", "sparkprop.engine=jobs"};

    static final String[] RESIDENT = {"--set", "sparkprop.engine=resident"};

    private static final Map<String, String> UNDISTURBED = new ConcurrentHashMap<>();

    private final Path directory;
    private final int copies;

    /** Creates runs of 16,000 examples whose configuration and outputs are in a directory. */
    Runs(Path directory) {
        this(directory, 4_000);
    }

    /**
     * Creates runs whose configuration and outputs are in a directory.
     *
     * @param directory the directory
     * @param copies the number of copies of the four XOR examples
     */
    Runs(Path directory, int copies) {
        this.directory = directory;
        this.copies = copies;
    }

    /** Sets the number of iterations of the runs that are started afterwards. */
    void iterations(int count) {
        conf(configuration(count));
    }

    private String configuration(int iterations) {
        return "network.layers = [2, 2, 1]\ndata { source = xor, copies = " + copies + ", shard-examples = 1024 }\n"
                + "optimizer.learning-rate = 1\n"
                + "training { iterations = " + iterations + ", log-every = 1, checkpoint-every = 10 }\n";
    }

    /** Sets the configuration of the runs that are started afterwards. */
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

    /** Starts a training in a separate process. */
    Running start(String output, String... more) {
        return start(directory, training(output, more));
    }

    private static Running start(Path directory, String... arguments) {
        // Spark appends these classes to the class path, so that its archive of classes stays valid
        Map<String, String> faults = Map.of("SPARK_DIST_CLASSPATH", TEST_CLASSES);
        return Program.start(directory, faults, "scripts/sparkprop", merge(quick(), arguments));
    }

    private String[] training(String output, String... more) {
        String[] defaults = {"train", confFile().toString(), "--output", output};
        return merge(merge(merge(defaults, SCALAR), JOBS), more);
    }

    /**
     * Kills a random executor of a local cluster as soon as there is one. A child without a command is a zombie and
     * is skipped.
     */
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

    /** Trains, in this JVM if possible. */
    Outcome train(String output, String... more) {
        return sparkprop(directory, training(output, more));
    }

    /** Runs a command in this JVM if possible, or else in a separate process. */
    static Outcome sparkprop(Path directory, String... arguments) {
        if (ThisJvm.canRun(directory, arguments)) {
            return ThisJvm.run(arguments);
        }
        return start(directory, arguments).await();
    }

    static String hash(Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.output() + outcome.errors()).isZero();
        return outcome.after("Parameters SHA-256");
    }

    /**
     * Sets the number of iterations and returns the hash of the parameters after the last one, computed in this
     * process without Spark.
     */
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

    /** Returns the iterations in a metrics file, in file order. */
    static List<Integer> loggedIterations(Path metrics) {
        return logged(metrics).stream()
                .map(line -> line.get("iteration").intValue())
                .toList();
    }

    /** Returns the complete lines of a metrics file. A killed process may leave a partial line at its end. */
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

    /**
     * Returns options that set Spark properties. Each setting is {@code KEY=VALUE} without the prefix
     * {@code spark.} of the key.
     */
    static String[] spark(String... settings) {
        return Arrays.stream(settings)
                .flatMap(setting -> List.of("--spark", "spark." + setting).stream())
                .toArray(String[]::new);
    }

    /** Quotes words for a shell command. */
    static String[] quoted(String... words) {
        return Arrays.stream(words).map(word -> "'" + word + "'").toArray(String[]::new);
    }

    static String[] merge(String[] first, String... more) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
