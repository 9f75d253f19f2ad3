package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.cli.Program.Outcome;
import dev.sparkprop.cli.Program.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Faults in the processes of a cluster: a Master and two Workers with one executor each. */
@ExtendWith(FaultTable.class)
class ClusterFaultsIT {
    private static final int ITERATIONS = 120;
    /** Enough examples for resident tasks, too, to run for some seconds. */
    private static final int COPIES = 100_000;

    private static final String ITERATION_20 = "\n       20  ";

    @TempDir
    private Path directory;

    private Runs runs;
    private Cluster cluster;
    private String[] master;
    private final List<Long> frozen = new ArrayList<>();

    @BeforeEach
    void startCluster() {
        runs = new Runs(directory, COPIES);
        cluster = Cluster.start(directory, 2, Map.of());
        master = new String[] {"--master", cluster.master()};
    }

    @AfterEach
    void stopCluster() {
        frozen.forEach(pid -> Program.signal(pid, "CONT"));
        cluster.close();
    }

    /** Returns the process ID of the executor on a Worker, if there is one. */
    private Optional<Long> executor(String worker) {
        return ProcessHandle.of(cluster.pid(worker)).stream()
                .flatMap(ProcessHandle::children)
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .findFirst();
    }

    private Running startAndAwaitIteration20(int iterations, String... more) {
        runs.iterations(iterations);
        return runs.start("out", Runs.merge(master, more)).awaitOutput(ITERATION_20);
    }

    private void assertEndsLikeAnUndisturbedRun(Running running, int iterations) {
        assertThat(running.process().isAlive()).isTrue();
        Outcome outcome = running.await();
        assertThat(Runs.hash(outcome)).isEqualTo(runs.undisturbed(iterations));
        runs.assertLogsEachIterationOnce("out", iterations);
    }

    @Test
    void row4ResidentTasksMoveAwayFromAKilledWorker() {
        assertMovesAwayFromAKilledWorker("resident");
    }

    @Tag("faults")
    @Test
    void row4JobsMoveAwayFromAKilledWorker() {
        assertMovesAwayFromAKilledWorker("jobs");
    }

    private void assertMovesAwayFromAKilledWorker(String engine) {
        Running running = startAndAwaitIteration20(ITERATIONS, "--set", "sparkprop.engine=" + engine);
        Program.signal(cluster.pid("worker-1"), "KILL");
        running.awaitOutput(" packed again, because an executor or its cache was lost");
        if (engine.equals("resident")) {
            // two tasks do not fit on the other Worker
            running.awaitOutput("Resident tasks ended (not enough cores for all tasks)");
        }
        assertEndsLikeAnUndisturbedRun(running, ITERATIONS);
    }

    @Tag("faults")
    @Test
    void row4ResidentTasksMoveAwayFromAFrozenWorker() {
        assertMovesAwayFromAFrozenWorker("resident");
    }

    @Tag("faults")
    @Test
    void row4JobsMoveAwayFromAFrozenWorker() {
        assertMovesAwayFromAFrozenWorker("jobs");
    }

    private void assertMovesAwayFromAFrozenWorker(String engine) {
        String[] shortTimeouts =
                Runs.spark("network.timeout=6s", "network.timeoutInterval=1s", "executor.heartbeatInterval=1s");
        Running running =
                startAndAwaitIteration20(ITERATIONS, Runs.merge(shortTimeouts, "--set", "sparkprop.engine=" + engine));
        frozen.addAll(List.of(cluster.pid("worker-1"), executor("worker-1").orElseThrow()));
        frozen.forEach(pid -> Program.signal(pid, "STOP"));
        running.awaitOutput(" packed again, because an executor or its cache was lost");
        assertEndsLikeAnUndisturbedRun(running, ITERATIONS);
    }

    @Test
    void row5TrainingContinuesWithoutTheMaster() {
        Running running = startAndAwaitIteration20(ITERATIONS, Runs.RESIDENT);
        Program.signal(cluster.pid("master"), "KILL");
        assertEndsLikeAnUndisturbedRun(running, ITERATIONS);
        assertThat(cluster.script("status").output()).contains("master dead");
    }

    @Test
    void row6RunWithoutExecutorsEndsAfterTheStartTimeout() {
        String[] shortTimeout = {"--set", "training.start-timeout=5 seconds"};
        Outcome rejected = assertStartsNoExecutor(Runs.merge(shortTimeout, "--spark", "spark.executor.memory=900g"));
        assertThat(rejected.errors())
                .contains("started no executor within 5 s (training.start-timeout)", "900g of memory");
        // no process listens on the port afterwards
        cluster.script("stop");
        assertStartsNoExecutor(shortTimeout);
    }

    private Outcome assertStartsNoExecutor(String... options) {
        runs.iterations(10);
        Outcome outcome = runs.train("none", Runs.merge(master, options));
        assertThat(outcome.exitCode()).as(outcome.errors()).isEqualTo(75);
        assertThat(directory.resolve("none/run.json")).doesNotExist();
        return outcome;
    }

    @Tag("faults")
    @Test
    void row2ExecutorKilledThreeTimesDoesNotChangeTheResult() {
        FaultTable.attempt("row 2: executor killed, one run on two Workers", 3, () -> {
            int iterations = 2_000;
            Running running = startAndAwaitIteration20(iterations);
            for (int kill = 1; kill <= 3; kill++) {
                String worker = "worker-" + (1 + kill % 2);
                long pid = executor(worker).orElseThrow();
                Program.signal(pid, "KILL");
                int times = kill;
                running.awaitOutput(
                        "packed again, " + times + " times",
                        output -> output.split("packed again, because an executor", -1).length > times);
                assertThat(Program.within(
                                Duration.ofMinutes(1),
                                () -> executor(worker).filter(now -> now != pid).isPresent()))
                        .isTrue();
            }
            assertEndsLikeAnUndisturbedRun(running, iterations);
        });
    }
}
