package dev.sparkprop.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Runs programs of this project in separate processes, as a user does. */
final class Program {
    static final Path PROJECT =
            Path.of(System.getProperty("project.basedir", ".")).toAbsolutePath();

    private static final int FORK = Integer.getInteger("fork", 0);
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 2_000;
    private static final AtomicInteger NEXT_PORT = new AtomicInteger(new Random().nextInt(PORTS));

    private Program() {}

    record Outcome(int exitCode, String output, String errors) {
        /** Returns the rest of the first output line that starts with a label. */
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
        return start(directory, environment, script, arguments).await();
    }

    /** Starts a script of this project. */
    static Running start(Path directory, Map<String, String> environment, String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of(PROJECT.resolve(script).toString()));
        command.addAll(List.of(arguments));
        return launch(directory, environment, command);
    }

    /** Runs any other program. */
    static Outcome execute(Path directory, String... command) {
        return launch(directory, Map.of(), List.of(command)).await();
    }

    private static Running launch(Path directory, Map<String, String> environment, List<String> words) {
        // the background processes of a shell and their children ignore Ctrl-C, and this build may be one of them
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.addAll(words);
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
            return new Running(process, output, errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A program that may still be running. */
    record Running(Process process, Path output, Path errors) {
        /** Waits until the program ends. */
        Outcome await() {
            if (!within(Duration.ofMinutes(5), () -> !process.isAlive())) {
                process.destroyForcibly();
                throw new AssertionError("it did not end:\n" + read(output) + read(errors));
            }
            Outcome outcome = new Outcome(process.exitValue(), read(output), read(errors));
            try {
                Files.delete(output);
                Files.delete(errors);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return outcome;
        }

        /** Waits until the output contains a text. */
        Running awaitOutput(String text) {
            return awaitOutput(text, now -> now.contains(text));
        }

        /** Waits until the output satisfies a condition. */
        Running awaitOutput(String description, Predicate<String> expected) {
            boolean ended = within(Duration.ofMinutes(2), () -> {
                boolean alive = process.isAlive();
                return expected.test(read(output)) || !alive;
            });
            if (!ended || !expected.test(read(output))) {
                process.destroyForcibly();
                throw new AssertionError("no " + description + " in:\n" + read(output) + read(errors));
            }
            return this;
        }

        /** Sends a signal, such as {@code TERM}. */
        Running signal(String name) {
            Program.signal(process.pid(), name);
            return this;
        }

        private static String read(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static void signal(long pid, String name) {
        if (pid < 2) {
            throw new IllegalArgumentException(
                    "Invalid process: " + pid + " (some kills take a negative one for all processes)");
        }
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean within(Duration time, BooleanSupplier condition) {
        long start = System.nanoTime();
        boolean met = condition.getAsBoolean();
        while (!met && System.nanoTime() - start < time.toNanos()) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            met = condition.getAsBoolean();
        }
        return met;
    }

    /**
     * Returns a free port. The kernel assigns ports above this range, and each test process has its own range. The
     * port therefore stays free until the caller's program listens on it.
     */
    static int freePort() {
        while (true) {
            int port = FIRST_PORT + FORK * PORTS + NEXT_PORT.getAndIncrement() % PORTS;
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // try the next one
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
