package dev.sparkprop.cli;

import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.network.ConstantName;
import dev.sparkprop.optimizer.Optimizer;
import dev.sparkprop.spark.DataChangedException;
import dev.sparkprop.spark.ShardedDataset;
import dev.sparkprop.spark.SparkGradientSource;
import dev.sparkprop.spark.SparkRun;
import dev.sparkprop.store.Checkpoint;
import dev.sparkprop.store.Checkpoints;
import dev.sparkprop.store.MetricsLog;
import dev.sparkprop.store.Model;
import dev.sparkprop.store.ParameterHash;
import dev.sparkprop.store.RunDirectory;
import dev.sparkprop.store.RunRecord;
import dev.sparkprop.training.Batches;
import dev.sparkprop.training.Iteration;
import dev.sparkprop.training.MeanObjective;
import dev.sparkprop.training.StopReason;
import dev.sparkprop.training.Trainer;
import dev.sparkprop.training.TrainingListener;
import dev.sparkprop.training.TrainingResult;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** One training from an open plan to a verified model, told on a console as it goes. */
final class TrainingRun {
    private final TrainingPlan plan;
    private final RunDirectory directory;
    private final Checkpoints checkpoints;
    private final Instant started;
    private final PrintStream console;

    TrainingRun(
            TrainingPlan plan, RunDirectory directory, Checkpoints checkpoints, Instant started, PrintStream console) {
        this.plan = plan;
        this.directory = directory;
        this.checkpoints = checkpoints;
        this.started = started;
        this.console = console;
    }

    /** Trains from the checkpoint, if there is one, or else from the initial parameters. */
    ExitCode execute(Optional<Checkpoint> resumed, double[] initial) throws IOException {
        Trainer.Start start = resumed.map(c -> new Trainer.Start(
                        new Optimizer.Start(c.iteration(), c.parameters(), c.optimizer()),
                        c.evaluations(),
                        c.elapsedSeconds(),
                        c.best()))
                .orElseGet(() -> Trainer.Start.of(initial));
        try (SparkRun spark = new SparkRun(plan.name(), plan.startTimeout());
                TrainingData data = TrainingData.open(plan, spark.context(), line -> print("%s%n", line))) {
            ShardedDataset dataset = data.dataset();
            SparkGradientSource source =
                    new SparkGradientSource(spark.context(), dataset, plan.topology(), plan.kernels());
            RunRecord record = record(spark, dataset, resumed);
            if (resumed.isPresent()) {
                directory.reopen();
            } else {
                directory.clear();
            }
            directory.write(record);
            printStart(record, plan.batches(source.examples()));
            try {
                pack(spark, dataset);
                record = record.packed(dataset.fingerprint());
                checkSameData(resumed, dataset);
                directory.write(record);
                return train(source, data, record, start);
            } catch (IOException | RuntimeException e) {
                fail(record, e);
                throw e;
            }
        }
    }

    /** Notes why a run failed, if it still can. */
    private void fail(RunRecord record, Exception reason) {
        try {
            directory.ensureLocked();
            directory.write(record.failed(String.valueOf(reason.getMessage())));
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private void checkSameData(Optional<Checkpoint> resumed, ShardedDataset dataset) {
        if (resumed.isPresent() && !resumed.get().data().equals(dataset.fingerprint())) {
            throw new DataChangedException("Cannot resume " + directory + ": its data had the fingerprint "
                    + resumed.get().data() + " and have now " + dataset.fingerprint());
        }
    }

    private ExitCode train(SparkGradientSource source, TrainingData data, RunRecord record, Trainer.Start start)
            throws IOException {
        ShardedDataset dataset = data.dataset();
        try (MetricsLog metrics = directory.openMetrics(start.descent().iteration());
                StopSignals signals = new StopSignals(console)) {
            print("%n%9s  %10s  %8s  %11s%n", "iteration", "cost", "accuracy", "examples/s");
            Batches batches = plan.batches(source.examples());
            MeanObjective objective = new MeanObjective(source, plan.topology(), plan.penalty(), batches);
            TrainingResult result = new Trainer(
                            plan.schedule(), plan.optimizer(), new Listener(dataset, metrics, signals))
                    .train(objective, start, batches::examplesIn);
            RunRecord.Result end = end(result, batches, source.emptyJobMilliseconds());
            directory.ensureLocked();
            if (!result.reason().complete()) {
                directory.write(record.stopped(end));
                print(
                        "%nStopped by %s after iteration %d; the same command with --output %s --resume goes on from there%n",
                        result.reason() == StopReason.ASKED ? signals.received() : "training.stop.max-time",
                        result.iterations(),
                        directory);
                return ExitCode.STOPPED;
            }
            Model model = new Model(plan.topology(), result.parameters(), data.learned());
            directory.write(model);
            directory.write(record.finished(end));
            directory.markSuccess();
            printEnd(end, model);
            return ExitCode.FINISHED;
        }
    }

    /** Logs, saves, and hears of signals. */
    private final class Listener implements TrainingListener {
        private final ShardedDataset dataset;
        private final MetricsLog metrics;
        private final StopSignals signals;
        private long repacked;

        Listener(ShardedDataset dataset, MetricsLog metrics, StopSignals signals) {
            this.dataset = dataset;
            this.metrics = metrics;
            this.signals = signals;
        }

        @Override
        public void logged(Iteration iteration) {
            try {
                metrics.append(iteration);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            print(
                    "%9d  %10.8f  %8s  %11.4g%n",
                    iteration.number(),
                    iteration.cost(),
                    Double.isNaN(iteration.accuracy()) ? "-" : String.format(Locale.ROOT, "%.4f", iteration.accuracy()),
                    iteration.examplesPerSecond());
        }

        @Override
        public void checkpoint(Iteration iteration) {
            try {
                directory.ensureLocked();
                // a checkpoint promises the lines of all iterations before it
                metrics.sync();
                checkpoints.write(new Checkpoint(
                        iteration.number(),
                        iteration.parameters(),
                        iteration.memory(),
                        iteration.evaluations(),
                        iteration.elapsedSeconds(),
                        iteration.best(),
                        plan.decisive(),
                        dataset.fingerprint()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean asksToStop() {
            long now = dataset.repacked();
            if (now > repacked) {
                print("%s packed again, because an executor or its cache was lost%n", count(now - repacked, "shard"));
                repacked = now;
            }
            return signals.received() != null;
        }
    }

    private void pack(SparkRun spark, ShardedDataset dataset) {
        long start = System.nanoTime();
        try (ProgressLines lines = new ProgressLines("Packing", spark.context(), line -> print("%s%n", line))) {
            dataset.pack();
        }
        print(
                "Data packed in %.1f s: %,d bytes in memory%n",
                (System.nanoTime() - start) / 1e9, dataset.bytesInMemory());
        if (dataset.bytesOnDisk() > 0) {
            print(
                    "%,d MiB found no room in memory and are read from disk in each iteration; give executors more,"
                            + " with --spark spark.executor.memory (local: spark.driver.memory)%n",
                    dataset.bytesOnDisk() >> 20);
        }
    }

    private RunRecord record(SparkRun spark, ShardedDataset dataset, Optional<Checkpoint> resumed) {
        TreeMap<String, String> versions = new TreeMap<>();
        versions.put("sparkprop", Main.version());
        versions.put("spark", spark.version());
        versions.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        versions.put(
                "os",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        return new RunRecord(
                plan.name(),
                "running",
                started.toString(),
                plan.effective(),
                plan.seed(),
                versions,
                new RunRecord.Kernels(plan.kernels().kernels().name(), spark.executorKernels(plan.kernels())),
                new RunRecord.Data(
                        plan.sourceName(),
                        dataset.sharding().examples(),
                        dataset.sharding().shards(),
                        dataset.sharding().shardExamples(),
                        null),
                new RunRecord.Cluster(spark.master(), spark.applicationId(), spark.cores(), dataset.partitions()),
                resumed.map(Checkpoint::iteration).orElse(null),
                null,
                null);
    }

    private RunRecord.Result end(TrainingResult result, Batches batches, double emptyJobMilliseconds) {
        return new RunRecord.Result(
                result.iterations(),
                result.evaluations(),
                ConstantName.of(result.reason()),
                result.cost(),
                RunRecord.numberOrNull(result.accuracy()),
                result.best(),
                result.seconds(),
                batches.examplesIn(result.evaluations()) / result.seconds(),
                1e3 * result.seconds() / (result.iterations() + 1),
                emptyJobMilliseconds,
                ParameterHash.sha256(result.parameters()));
    }

    private void printStart(RunRecord record, Batches batches) {
        print(
                "sparkprop %s with %s kernels (executors: %s): %s, a %s net with %s%n",
                Main.version(),
                record.kernels().driver(),
                String.join(", ", record.kernels().executors()),
                plan.name(),
                plan.topology(),
                count(plan.topology().parameterCount(), "parameter"));
        plan.kernels().warning().ifPresent(warning -> print("%s%n", warning));
        print(
                "Data: %s, %s in %s of at most %,d%n",
                plan.sourceName(),
                count(record.data().examples(), "example"),
                count(record.data().shards(), "shard"),
                record.data().shardExamples());
        if (!batches.whole()) {
            print(
                    "Batches of %s, %,d in an epoch; cost and accuracy are those of each batch%n",
                    count(batches.size(), "example"), batches.perEpoch());
        }
        print(
                "Spark %s on %s, %s, %s%n",
                record.versions().get("spark"),
                record.cluster().master(),
                count(record.cluster().cores(), "core"),
                count(record.cluster().partitions(), "partition"));
        print("Output: %s%n", directory);
        if (record.resumedFrom() != null) {
            print("Going on from the checkpoint of iteration %d%n", record.resumedFrom());
        }
    }

    private void printEnd(RunRecord.Result end, Model model) {
        print(
                "%n%s in %.1f s: %.4g examples/s, %.3g ms an iteration%n",
                count(end.iterations(), "iteration"),
                end.seconds(),
                end.examplesPerSecond(),
                end.millisecondsPerIteration());
        double share = end.emptyJobMilliseconds() * end.evaluations() / (1e3 * end.seconds());
        print(
                "Spark's own cost is %.3g ms of each of %s, %s (an empty job of the same width, timed now and then)%n",
                end.emptyJobMilliseconds(),
                count(end.evaluations(), "evaluation"),
                share < 0.995 ? String.format(Locale.ROOT, "%.0f %%", 100 * share) : "all of it");
        if (end.reason().equals(ConstantName.of(StopReason.CONVERGED))) {
            print("Converged: no step lowers the cost any more%n");
        } else if (!end.reason().equals(ConstantName.of(StopReason.ITERATIONS))) {
            print("Stopped by training.stop.%s%n", end.reason());
        }
        print("Final cost %.8f", end.cost());
        if (end.accuracy() != null) {
            print(", accuracy %.4f", end.accuracy());
        }
        print("%n");
        print("Parameters SHA-256 %s%n", end.parametersSha256());
        if (TruthTable.suits(model.topology())) {
            print("%n%s%n", TruthTable.of(model));
        }
    }

    /** Such as {@code 1 row} or {@code 1,234 rows}. */
    static String count(long number, String noun) {
        return String.format(Locale.ROOT, number == 1 ? "%,d %s" : "%,d %ss", number, noun);
    }

    private void print(String format, Object... values) {
        console.printf(Locale.ROOT, format, values);
        console.flush();
    }
}
