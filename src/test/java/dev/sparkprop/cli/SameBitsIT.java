package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.cli.Program.Outcome;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Compares the bits of runs on local cores and on a real cluster of a Master and two Workers, each in its own
 * process, and of runs with little memory.
 */
class SameBitsIT {
    @WorkingDirectory
    private Path directory;

    /** Trains on a million examples and returns the hash of the parameters. */
    private String hash(String master, String... more) {
        String[] arguments = {
            "train",
            Program.PROJECT.resolve("conf/xor.conf").toString(),
            "--set",
            "data.copies=250000",
            "--set",
            "training.iterations=10",
            "--output",
            "out-" + Math.abs((master + String.join("", more)).hashCode()),
            "--master",
            master
        };
        Outcome outcome = Runs.sparkprop(directory, Runs.merge(arguments, more));
        assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
        return outcome.after("Parameters SHA-256");
    }

    @Test
    void hashIsTheSameLocallyAndOnTwoWorkersWithAnyPartitions() {
        Map<String, String> hashes = new LinkedHashMap<>();
        hashes.put("local[1]", hash("local[1]"));
        hashes.put("local[2]", hash("local[2]"));
        for (String partitions : new String[] {"1", "3", "64"}) {
            hashes.put(partitions + " partitions", hash("local[2]", "--set", "data.partitions=" + partitions));
        }
        Cluster cluster = Cluster.start(directory, 2, Map.of());
        try (cluster) {
            assertThat(cluster.script("status").output())
                    .contains("master running", "worker-1 running", "worker-2 running");
            hashes.put("two Workers", hash(cluster.master(), "--spark", Runs.OPTIMIZED_EXECUTOR));
        }
        assertThat(cluster.script("status").exitCode()).isEqualTo(3);
        assertThat(hashes.values()).as("%s", hashes).containsOnly(hashes.get("local[1]"));
    }

    @Test
    void row18ResidentTasksReadDataLargerThanMemoryFromDisk() {
        assertReadsFromDisk("resident");
    }

    @Tag("faults")
    @Test
    void row18JobsReadDataLargerThanMemoryFromDisk() {
        assertReadsFromDisk("jobs");
    }

    private void assertReadsFromDisk(String engine) {
        Runs runs = new Runs(directory);
        runs.iterations(2);
        // two partitions, so that each resident task gets a core
        String[] large = {
            "--set", "data.copies=3000000", "--set", "data.shard-examples=16384", "--set", "data.partitions=2"
        };
        String expected = Runs.hash(runs.train("roomy", large));
        String[] options = Runs.merge(large, "--set", "sparkprop.engine=" + engine);
        Outcome tight = runs.train("out", Runs.merge(options, "--spark", "spark.driver.memory=500m"));
        assertThat(Runs.hash(tight)).isEqualTo(expected);
        assertThat(tight.output()).contains(" MiB do not fit in memory and are read from disk");
    }

    /** Trains on 16,000 examples in 7 batches per epoch, and interrupts one run in its third epoch. */
    @Test
    void batchesGiveTheSameBitsForAnyPartitionsAndAfterAResume() {
        Runs runs = new Runs(directory);
        runs.iterations(25);
        String[] batches = {"--set", "training.batch=2500"};
        String expected = Runs.hash(runs.train("one", Runs.merge(batches, "--set", "data.partitions=1")));
        assertThat(expected).isNotEqualTo(runs.undisturbed(25));
        assertThat(Runs.hash(runs.train("eight", Runs.merge(batches, "--set", "data.partitions=8"))))
                .isEqualTo(expected);
        Outcome first = runs.train("out", Runs.merge(batches, "--set", "training.iterations=16"));
        assertThat(first.output()).contains("Batches of 2,500 examples, 7 per epoch");
        Outcome other = runs.train("out", "--resume", "--set", "training.batch=2000");
        assertThat(other.exitCode()).isEqualTo(78);
        assertThat(other.errors()).contains("training.batch was 2500 and is now 2000");
        Outcome resumed = runs.train("out", Runs.merge(batches, "--resume"));
        assertThat(resumed.output()).contains("Resuming from the checkpoint of iteration 16");
        assertThat(Runs.hash(resumed)).isEqualTo(expected);
        runs.assertLogsEachIterationOnce("out", 25);
    }

    @Test
    void row19ResultsTooLargeForTheDriverAreSlicedOrRejectedEarly() {
        Runs runs = new Runs(directory);
        runs.conf("network { layers = [784, 300, 10], output = softmax }\n"
                + "data { source = random, examples = 2500, shard-examples = 256, partitions = 9 }\n"
                + "training { iterations = 1 }\n");
        String expected = Runs.hash(runs.train("out"));
        assertThat(Runs.hash(runs.train("sliced", "--spark", "spark.driver.maxResultSize=3m")))
                .isEqualTo(expected);
        Outcome rejected = runs.train("refused", "--spark", "spark.driver.maxResultSize=1m");
        assertThat(rejected.exitCode()).as(rejected.errors()).isEqualTo(78);
        assertThat(rejected.errors()).contains("Invalid spark.driver.maxResultSize: 1m (must be at least 2m");
        assertThat(rejected.output()).doesNotContain("Packed the data");
    }
}
