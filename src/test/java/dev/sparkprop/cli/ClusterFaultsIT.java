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

/** What happens to the processes of a cluster: a Master and two Workers, with one executor on each. */
@ExtendWith(FaultTable.class)
class ClusterFaultsIT {
    private static final int ITERATIONS = 200;
    /** So that resident tasks too are at work for some seconds. */
    private static final int COPIES = 100_000;

    private static final String TWENTIETH = "\n       20  ";

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

    /** The process of the executor on a Worker, if there is one. */
    private Optional<Long> executor(String worker) {
        return ProcessHandle.of(cluster.pid(worker)).stream()
                .flatMap(ProcessHandle::children)
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .findFirst();
    }

    private Running startAndReachTheTwentieth(int iterations, String... more) {
        runs.iterations(iterations);
        return runs.start("out", Runs.merge(master, more)).awaitOutput(TWENTIETH);
    }

    private void assertEndsAsIfNothingHadHappened(Running running, int iterations) {
        assertThat(running.process().isAlive()).isTrue();
        Outcome outcome = running.await();
        assertThat(Runs.hash(outcome)).isEqualTo(runs.undisturbed(iterations));
        runs.assertLogsEachIterationOnce("out", iterations);
    }

    @Test
    void row4ResidentTasksMoveAwayFromAWorkerThatIsKilled() {
        assertMovesAwayFromAKilledWorker("resident");
    }

    @Tag("faults")
    @Test
    void row4JobsMoveAwayFromAWorkerThatIsKilled() {
        assertMovesAwayFromAKilledWorker("jobs");
    }

    private void assertMovesAwayFromAKilledWorker(String engine) {
        Running running = startAndReachTheTwentieth(ITERATIONS, "--set", "sparkprop.engine=" + engine);
        Program.signal(cluster.pid("worker-1"), "KILL");
        running.awaitOutput(" packed again, because an executor or its cache was lost");
        if (engine.equals("resident")) {
            // two tasks do not fit on the other Worker
            running.awaitOutput("each evaluation is a job from here on: there is no place for all tasks");
        }
        assertEndsAsIfNothingHadHappened(running, ITERATIONS);
    }

    @Test
    void row4ResidentTasksMoveAwayFromAWorkerThatIsFrozen() {
        assertMovesAwayFromAFrozenWorker("resident");
    }

    @Tag("faults")
    @Test
    void row4JobsMoveAwayFromAWorkerThatIsFrozen() {
        assertMovesAwayFromAFrozenWorker("jobs");
    }

    private void assertMovesAwayFromAFrozenWorker(String engine) {
        String[] attentive =
                Runs.spark("network.timeout=6s", "network.timeoutInterval=1s", "executor.heartbeatInterval=1s");
        Running running =
                startAndReachTheTwentieth(ITERATIONS, Runs.merge(attentive, "--set", "sparkprop.engine=" + engine));
        frozen.addAll(List.of(cluster.pid("worker-1"), executor("worker-1").orElseThrow()));
        frozen.forEach(pid -> Program.signal(pid, "STOP"));
        running.awaitOutput(" packed again, because an executor or its cache was lost");
        assertEndsAsIfNothingHadHappened(running, ITERATIONS);
    }

    @Test
    void row5AJobGoesOnWithoutItsMaster() {
        Running running = startAndReachTheTwentieth(ITERATIONS, Runs.RESIDENT);
        Program.signal(cluster.pid("master"), "KILL");
        assertEndsAsIfNothingHadHappened(running, ITERATIONS);
        assertThat(cluster.script("status").output()).contains("master dead");
    }

    @Test
    void row6WithoutExecutorsItEndsInTime() {
        runs.iterations(10);
        String[] impatient = Runs.merge(master, "--set", "training.start-timeout=5 seconds");
        Outcome outcome = runs.train("out", Runs.merge(impatient, Runs.spark("executor.memory=900g")));
        assertThat(outcome.exitCode()).as(outcome.errors()).isEqualTo(75);
        assertThat(outcome.errors())
                .contains("gives no executor within 5 s (training.start-timeout)", "offered none", "900g of memory");
        assertThat(directory.resolve("out/run.json")).doesNotExist();
        cluster.script("stop");
        // nobody listens there any more
        Outcome nobody = runs.train("out", impatient);
        assertThat(nobody.exitCode()).as(nobody.errors()).isEqualTo(75);
    }

    @Tag("faults")
    @Test
    void row2AnExecutorKilledThreeTimesChangesNothingButTheLog() {
        FaultTable.attempt("row 2: an executor killed, of one run on two Workers", 3, () -> {
            Running running = startAndReachTheTwentieth(10 * ITERATIONS);
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
            assertEndsAsIfNothingHadHappened(running, 10 * ITERATIONS);
        });
    }
}
