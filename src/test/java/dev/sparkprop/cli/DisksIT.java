package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparkprop.cli.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs on real full and failing disks, not simulated ones, and a run without enough memory. */
@ExtendWith(FaultTable.class)
class DisksIT {
    @WorkingDirectory
    private Path directory;

    private Runs runs;

    @BeforeEach
    void createRuns() {
        runs = new Runs(directory);
    }

    /**
     * Trains with the output on a private file system of 100 kB. Afterwards, {@code kept} contains a copy of its
     * files.
     */
    private Outcome trainOnASmallDisk() {
        String unshare = "unshare --mount --map-root-user";
        assumeTrue(Program.execute(directory, "bash", "-c", unshare + " true").exitCode() == 0, unshare);
        String command = "mkdir -p small kept && mount -t tmpfs -o size=100k tmpfs small\n"
                + Program.PROJECT.resolve("scripts/sparkprop") + " train " + runs.confFile() + " --output small/run "
                + String.join(" ", Runs.quoted(Runs.merge(Runs.quick(), Runs.SCALAR)))
                + "\ncode=$?; cp -r small/run/. kept; exit $code\n";
        return Program.execute(directory, "unshare", "--mount", "--map-root-user", "bash", "-c", command);
    }

    @Test
    void row9FullDiskKeepsTheOldCheckpointsAndExits74() throws IOException {
        String conf = "network.layers = [2, 400, 1]\ndata.source = xor\noptimizer.learning-rate = 1\n"
                + "training { iterations = 1000, log-every = 1, checkpoint-every = 1 }\n";
        runs.conf(conf);
        Outcome outcome = trainOnASmallDisk();
        assertThat(outcome.exitCode()).as(outcome.errors()).isEqualTo(74);
        assertThat(outcome.errors())
                .containsPattern("sparkprop: Cannot write small/run/\\S+: No space left on device")
                .doesNotContain("\tat ");
        try (var files = Files.list(directory.resolve("kept/checkpoints"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .hasSize(2)
                    .allMatch(name -> name.matches("iteration-\\d+\\.safetensors"));
        }
        runs.conf(conf.replace("iterations = 1000", "iterations = 100"));
        assertThat(Runs.hash(runs.train("kept", "--resume"))).isEqualTo(Runs.hash(runs.train("whole")));
    }

    @Test
    void row9RunFinishesWithoutAReportIfTheDiskIsFull() {
        runs.iterations(10);
        Outcome outcome = trainOnASmallDisk();
        assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
        assertThat(outcome.output())
                .contains("The report is incomplete: Cannot write small/run/report.html: No space left on device");
        assertThat(directory.resolve("kept"))
                .isDirectoryContaining("glob:**/_SUCCESS")
                .isDirectoryNotContaining("glob:**/*{.tmp,report.html}");
    }

    @Test
    void row26CheckpointWithAReadErrorIsSkipped() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/strace")), "strace");
        runs.iterations(40);
        String expected = Runs.hash(runs.train("out"));
        Files.delete(directory.resolve("out/_SUCCESS"));
        Path newest = directory.resolve("out/checkpoints/iteration-0000000040.safetensors");
        String[] failing = {
            "strace", "-f", "--seccomp-bpf", "-o", "/dev/null", "-P", newest.toString(), "-e", "inject=read:error=EIO"
        };
        Outcome resumed = Program.execute(
                directory,
                Runs.merge(
                        Runs.merge(
                                failing,
                                Program.PROJECT.resolve("scripts/sparkprop").toString(),
                                "train"),
                        Runs.merge(
                                Runs.merge(Runs.quick(), Runs.SCALAR),
                                runs.confFile().toString(),
                                "--output",
                                "out",
                                "--resume")));
        assertThat(Runs.hash(resumed)).isEqualTo(expected);
        assertThat(resumed.errors())
                .contains("Cannot read ", newest.getFileName().toString(), "Input/output error");
        assertThat(resumed.output()).contains("iteration 30");
        assertThat(directory.resolve("out/checkpoints")).isDirectoryContaining("glob:**40.safetensors.damaged");
    }

    @Test
    void row27OutOfMemoryIsReportedInTheRunRecord() {
        // L-BFGS keeps two vectors of 12 MB per iteration
        runs.conf("network { layers = [64, 20000, 10], output = softmax, initial.scheme = xavier }\n"
                + "data { source = random, examples = 64 }\noptimizer { name = l-bfgs, history = 10000 }\n"
                + "training { iterations = 10000, log-every = 1 }\n");
        String[] fast = {
            "--master", "local-cluster[1,1,1024]", "--set", "sparkprop.kernels=auto", "--spark", Runs.OPTIMIZED_EXECUTOR
        };
        Outcome outcome = runs.train("out", Runs.merge(fast, "--spark", "spark.driver.memory=500m"));
        assertThat(outcome.exitCode()).as(outcome.errors()).isEqualTo(74);
        // depends on the thread that needs memory first
        String error = "(Out of memory: |Shard 0 failed 4 times, .* may be out of memory: ).*";
        assertThat(outcome.errors()).containsPattern("sparkprop: " + error + "--spark spark.driver.memory=");
        assertThat(directory.resolve("out/run.json"))
                .content()
                .contains("\"failed\"")
                .containsPattern("\"error\" : \"" + error);
    }
}
