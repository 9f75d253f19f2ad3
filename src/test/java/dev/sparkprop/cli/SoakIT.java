package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparkprop.cli.Program.Outcome;
import dev.sparkprop.cli.Program.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A long run whose driver is observed from outside. */
@Tag("faults")
@ExtendWith(FaultTable.class)
class SoakIT {
    /** A thread of a pool of Spark's block manager, which starts its threads on demand and ends idle ones. */
    private static final String POOLED = "\"block-manager-";

    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin/jcmd");

    @TempDir
    private Path directory;

    /** Resources that a process holds after a garbage collection. */
    private record ResourceUsage(long heapBytes, long broadcasts, long threads, long openFiles) {
        static ResourceUsage of(long process) {
            List<String> histogram = jcmd(process, "GC.class_histogram");
            long pooled = jcmd(process, "Thread.print").stream()
                    .filter(line -> line.startsWith(POOLED))
                    .count();
            String total = histogram.stream()
                    .filter(line -> line.startsWith("Total"))
                    .findFirst()
                    .orElseThrow();
            long broadcasts = histogram.stream()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(words -> words.length > 3 && words[3].equals("org.apache.spark.broadcast.TorrentBroadcast"))
                    .mapToLong(words -> Long.parseLong(words[1]))
                    .sum();
            return new ResourceUsage(
                    Long.parseLong(total.split("\\s+")[2]),
                    broadcasts,
                    entries("/proc/" + process + "/task") - pooled,
                    entries("/proc/" + process + "/fd"));
        }

        private static List<String> jcmd(long process, String command) {
            return Program.execute(Path.of("."), JCMD.toString(), String.valueOf(process), command)
                    .output()
                    .lines()
                    .toList();
        }

        private static long entries(String path) {
            try (Stream<Path> entries = Files.list(Path.of(path))) {
                return entries.count();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "local[2], jobs, 10001",
        "local[2], resident, 200001",
        "'" + Runs.LOCAL_CLUSTER + "', jobs, 10001",
        "'" + Runs.LOCAL_CLUSTER + "', resident, 30001"
    })
    void row21LongRunDoesNotHoldMoreResourcesOverTime(String master, String engine, int iterations) {
        int every = iterations / 100;
        FaultTable.attempt("row 21: " + iterations + " iterations, " + engine + ", " + master, 1, () -> {
            String[] train = {
                "train",
                Program.PROJECT.resolve("conf/xor.conf").toString(),
                "--master",
                master,
                "--set",
                "sparkprop.engine=" + engine,
                "--set",
                "training.iterations=" + iterations,
                "--set",
                "training.log-every=" + every,
                "--output",
                directory.resolve("out").toString()
            };
            Running run = Program.start(directory, Map.of(), "scripts/sparkprop", train);
            run.awaitOutput("line of iteration " + every, output -> output.contains("\n%9d ".formatted(every)));
            List<ResourceUsage> samples = new ArrayList<>();
            for (int part = 1; part < 10; part++) {
                int lines = 10 * part;
                assertThat(Program.within(
                                Duration.ofMinutes(5),
                                () -> logged().size() > lines || !run.process().isAlive()))
                        .isTrue();
                if (!run.process().isAlive()) {
                    break;
                }
                samples.add(ResourceUsage.of(run.process().pid()));
            }
            Outcome outcome = run.await();
            assertThat(Runs.hash(outcome)).isNotEmpty();
            assertThat(samples).hasSizeGreaterThan(7);
            List<ResourceUsage> early = samples.subList(1, 4);
            List<ResourceUsage> late = samples.subList(5, samples.size());
            // minima, because some samples are taken during a job, but a leak is in all of them
            assertThat(min(late, ResourceUsage::heapBytes))
                    .as("heap bytes: %s", samples)
                    .isLessThan(min(early, ResourceUsage::heapBytes) * 21 / 20);
            assertThat(min(late, ResourceUsage::broadcasts))
                    .as("broadcasts: %s", samples)
                    .isLessThanOrEqualTo(min(early, ResourceUsage::broadcasts) + 3);
            assertThat(max(late, ResourceUsage::threads))
                    .as("threads: %s", samples)
                    .isLessThanOrEqualTo(max(early, ResourceUsage::threads) + 2);
            assertThat(max(late, ResourceUsage::openFiles))
                    .as("open files: %s", samples)
                    .isLessThanOrEqualTo(max(early, ResourceUsage::openFiles) + 2);
            List<JsonNode> lines = logged();
            System.out.printf(
                    "%s, %s: %.3g ms an iteration in the second tenth, %.3g ms in the last; held %s%n",
                    master, engine, milliseconds(lines, 10), milliseconds(lines, 90), samples);
        });
    }

    private static long min(List<ResourceUsage> samples, ToLongFunction<ResourceUsage> resource) {
        return samples.stream().mapToLong(resource).min().orElseThrow();
    }

    private static long max(List<ResourceUsage> samples, ToLongFunction<ResourceUsage> resource) {
        return samples.stream().mapToLong(resource).max().orElseThrow();
    }

    /** Returns the mean milliseconds per iteration over the ten lines after the given one. */
    private static double milliseconds(List<JsonNode> lines, int line) {
        JsonNode from = lines.get(line);
        JsonNode to = lines.get(line + 10);
        return 1e3
                * (to.get("elapsedSeconds").doubleValue()
                        - from.get("elapsedSeconds").doubleValue())
                / (to.get("iteration").intValue() - from.get("iteration").intValue());
    }

    private List<JsonNode> logged() {
        return Runs.logged(directory.resolve("out/metrics.jsonl"));
    }
}
