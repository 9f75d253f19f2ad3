package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.cli.Program.Outcome;
import dev.sparkprop.run.EnginesTest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trains the shipped configurations with both engines in one process, on a local cluster, and on two Workers. */
@Tag("faults")
class EnginesIT {
    @TempDir
    private static Path clusterDirectory;

    private static Cluster cluster;

    @WorkingDirectory
    private Path directory;

    @BeforeAll
    static void startCluster() {
        cluster = Cluster.start(clusterDirectory, 2, Map.of());
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    static Stream<String> trainings() throws Exception {
        Path conf = Program.PROJECT.resolve("conf");
        String digits = conf.resolve("digits.conf") + " --set data.shard-examples=256 --set ";
        return Stream.concat(
                EnginesTest.configurationsIn(conf).stream().map(Path::toString),
                Stream.of(
                        digits + "optimizer.name=l-bfgs",
                        digits + "optimizer.name=adam --set training.batch=200",
                        digits + "data.validation.fraction=0.2 --set training.stop.patience=2"));
    }

    @ParameterizedTest
    @MethodSource("trainings")
    void bothEnginesGiveTheSameBitsLocallyAndOnClusters(String training) {
        Map<String, String> hashes = new LinkedHashMap<>();
        for (String master : new String[] {"local[2]", Runs.LOCAL_CLUSTER, cluster.master()}) {
            for (String engine : new String[] {"jobs", "resident"}) {
                hashes.put(engine + " on " + master, hash(training.split(" "), master, engine));
            }
        }
        assertThat(hashes.values()).as("%s", hashes).containsOnly(hashes.get("jobs on local[2]"));
    }

    private String hash(String[] training, String master, String engine) {
        training[0] = Program.PROJECT.resolve(training[0]).toString();
        String[] options = {
            "--set", "training.iterations=10", "--set", "sparkprop.engine=" + engine, "--output", "out", "--overwrite"
        };
        String[] target = Runs.merge(Runs.SCALAR, "--master", master);
        Outcome outcome = Runs.sparkprop(
                directory, Runs.merge(new String[] {"train"}, Runs.merge(training, Runs.merge(options, target))));
        String hash = Runs.hash(outcome);
        assertThat(outcome.output()).contains(engine.equals("jobs") ? "one job per evaluation" : "resident tasks");
        return hash;
    }
}
