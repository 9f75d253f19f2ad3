package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.cli.Program.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A Master with Workers, each a process of its own, until it is closed. */
final class Cluster implements AutoCloseable {
    private final Path directory;
    private final int port = Program.freePort();
    private final Map<String, String> environment;

    private Cluster(Path directory, Map<String, String> more) {
        this.directory = directory;
        environment = new HashMap<>(more);
        environment.put("SPARK_MASTER_PORT", String.valueOf(port));
        environment.put("CLUSTER_DIR", files().toString());
    }

    /**
     * Starts one.
     *
     * @param directory in which its files have a directory of their own
     * @param more variables of the script's environment
     */
    static Cluster start(Path directory, int workers, Map<String, String> more) {
        Cluster cluster = new Cluster(directory, more);
        Outcome started = cluster.script("start", String.valueOf(workers));
        assertThat(started.exitCode()).as(started.errors()).isZero();
        return cluster;
    }

    /** What the script says of it. */
    Outcome script(String... arguments) {
        return Program.run(directory, environment, "scripts/cluster.sh", arguments);
    }

    private Path files() {
        return directory.resolve("cluster");
    }

    /** Its address for {@code --master}. */
    String master() {
        return "spark://127.0.0.1:" + port;
    }

    /** The process of its {@code master}, or of {@code worker-1}. */
    long pid(String daemon) {
        try {
            return Long.parseLong(
                    Files.readString(files().resolve(daemon + ".pid")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        assertThat(script("stop").exitCode()).isZero();
    }
}
