package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.cli.Program.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A standalone cluster that runs until it is closed: a Master and Workers, each in its own process. */
final class Cluster implements AutoCloseable {
    private final Path directory;
    private final int port = Program.freePort();
    private final Map<String, String> environment;

    private Cluster(Path directory, Map<String, String> more) {
        this.directory = directory;
        environment = new HashMap<>(Map.of("SPARK_DAEMON_JAVA_OPTS", Runs.QUICK_CODE));
        environment.putAll(more);
        environment.put("SPARK_MASTER_PORT", String.valueOf(port));
        environment.put("CLUSTER_DIR", files().toString());
    }

    /**
     * Starts a cluster.
     *
     * @param directory the parent of the cluster's own directory
     * @param workers the number of Workers
     * @param more environment variables for the script
     */
    static Cluster start(Path directory, int workers, Map<String, String> more) {
        Cluster cluster = new Cluster(directory, more);
        Outcome started = cluster.script("start", String.valueOf(workers));
        assertThat(started.exitCode()).as(started.errors()).isZero();
        return cluster;
    }

    /** Runs {@code scripts/cluster.sh} for this cluster. */
    Outcome script(String... arguments) {
        return Program.run(directory, environment, "scripts/cluster.sh", arguments);
    }

    private Path files() {
        return directory.resolve("cluster");
    }

    /** Returns the address for {@code --master}. */
    String master() {
        return "spark://127.0.0.1:" + port;
    }

    /** Returns the process ID of a daemon, such as {@code master} or {@code worker-1}. */
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
