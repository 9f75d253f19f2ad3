package dev.sparkprop.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of this project run as a user runs it, in a process of its own. */
final class Program {
    static final Path PROJECT =
            Path.of(System.getProperty("project.basedir", ".")).toAbsolutePath();

    private Program() {}

    record Outcome(int exitCode, String output, String errors) {
        /** What follows a label at the beginning of a line of the output. */
        String after(String label) {
            return output.lines()
                    .filter(line -> line.startsWith(label))
                    .map(line -> line.substring(label.length()).strip())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no line begins with " + label + " in:\n" + output + errors));
        }
    }

    static Outcome run(Path directory, String script, String... arguments) {
        return run(directory, Map.of(), script, arguments);
    }

    static Outcome run(Path directory, Map<String, String> environment, String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of(PROJECT.resolve(script).toString()));
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile("program", ".out");
            Path errors = Files.createTempFile("program", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(
                        command + " did not end:\n" + Files.readString(output) + Files.readString(errors));
            }
            Outcome outcome = new Outcome(process.exitValue(), Files.readString(output), Files.readString(errors));
            Files.delete(output);
            Files.delete(errors);
            return outcome;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
