package dev.sparkprop.cli;

import dev.sparkprop.cli.Program.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Runs commands of the program in this JVM, which takes a tenth of the time of a new one. Everything except the
 * start is done by the program itself: its options, the Spark properties, its console and its exit code.
 */
final class ThisJvm {
    private static final String MASTER = "spark.master";

    private ThisJvm() {}

    /**
     * Returns true if a command can run in this JVM: in its working directory, on its cores, with its memory, and
     * with the Hadoop settings that it started with.
     */
    static boolean canRun(Path directory, String... arguments) {
        return directory.equals(WorkingDirectory.PATH)
                && List.of(arguments).stream()
                        .noneMatch(word -> word.startsWith("spark.hadoop.")
                                || word.startsWith("spark.driver.memory")
                                || word.startsWith("spark://")
                                || word.startsWith("local-cluster"));
    }

    /** Runs a command with the arguments of {@code scripts/sparkprop}. */
    static Outcome run(String... arguments) {
        Properties properties = (Properties) System.getProperties().clone();
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        try {
            List<String> command = submit(arguments);
            System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
            PrintableOutput.install();
            int exitCode = Main.run(command.toArray(String[]::new));
            return new Outcome(
                    exitCode, output.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
            System.setProperties(properties);
        }
    }

    /** Sets Spark properties as spark-submit does, and returns the remaining arguments for the program. */
    private static List<String> submit(String... arguments) {
        try (Reader reader = Files.newBufferedReader(Program.PROJECT.resolve("conf/spark.properties"))) {
            System.getProperties().load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.setProperty(MASTER, "local[*]");
        List<String> command = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--master" -> System.setProperty(MASTER, arguments[++i]);
                case "--spark" -> {
                    String[] property = arguments[++i].split("=", 2);
                    System.setProperty(property[0], property[1]);
                }
                default -> command.add(arguments[i]);
            }
        }
        return command;
    }
}
