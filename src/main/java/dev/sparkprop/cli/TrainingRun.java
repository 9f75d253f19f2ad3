package dev.sparkprop.cli;

import dev.sparkprop.config.InvalidConfigException;
import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.diagnosis.Diagnosis;
import dev.sparkprop.optimizer.Objective;
import dev.sparkprop.optimizer.Optimizer;
import dev.sparkprop.spark.DataChangedException;
import dev.sparkprop.spark.LostThreads;
import dev.sparkprop.spark.ResidentGradientSource;
import dev.sparkprop.spark.ShardedDataset;
import dev.sparkprop.spark.SparkGradientSource;
import dev.sparkprop.spark.SparkRun;
import dev.sparkprop.store.Checkpoint;
import dev.sparkprop.store.Checkpoints;
import dev.sparkprop.store.LockedException;
import dev.sparkprop.store.MetricsLog;
import dev.sparkprop.store.Model;
import dev.sparkprop.store.RunDirectory;
import dev.sparkprop.store.RunRecord;
import dev.sparkprop.training.Batches;
import dev.sparkprop.training.DivergedException;
import dev.sparkprop.training.Ledger;
import dev.sparkprop.training.MeanObjective;
import dev.sparkprop.training.StopReason;
import dev.sparkprop.training.Trainer;
import dev.sparkprop.training.TrainingResult;
import dev.sparkprop.training.Validation;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One training from an open plan to a verified model, told on a console as it goes. */
final class TrainingRun {
    private final TrainingPlan plan;
    private final RunDirectory directory;
    private final Checkpoints checkpoints;
    private final Instant started;
    private final TrainingConsole console;
    private final Diagnosis diagnosis;
    private final TrainingReport report;
    private final Ledger ledger = new Ledger();

    TrainingRun(
            TrainingPlan plan,
            RunDirectory directory,
            Checkpoints checkpoints,
            Instant started,
            TrainingConsole console) {
        this.plan = plan;
        this.directory = directory;
        this.checkpoints = checkpoints;
        this.started = started;
        this.console = console;
        this.diagnosis = plan.batch().isPresent()
                ? Diagnosis.ofBatches(TrainingReport.setup(plan))
                : Diagnosis.whole(TrainingReport.setup(plan));
        this.report = new TrainingReport(plan, directory, console);
    }

    /** Trains from the checkpoint, if there is one, or else from the initial parameters. */
    ExitCode execute(Optional<Checkpoint> resumed, double[] initial) throws IOException, InvalidConfigException {
        Trainer.Start start = resumed.map(c -> new Trainer.Start(
                        new Optimizer.Start(c.iteration(), c.parameters(), c.optimizer()),
                        c.evaluations(),
                        c.elapsedSeconds(),
                        c.best()))
                .orElseGet(() -> Trainer.Start.of(initial));
        try (SparkRun spark = new SparkRun(plan.name(), plan.startTimeout());
                TrainingData data = TrainingData.open(plan, spark.context(), console);
                ResidentGradientSource source = new ResidentGradientSource(
                        plan.engine(),
                        spark.context(),
                        data.dataset(),
                        plan.topology(),
                        plan.kernels(),
                        ledger,
                        console::warning)) {
            Optional<Validation> validation = validation(spark, source, data);
            RunRecord record = RunRecords.begun(plan, started, spark, data, resumed);
            if (resumed.isPresent()) {
                directory.reopen();
            } else {
                directory.clear();
            }
            directory.write(record);
            console.start(record, source.description(), plan.batches(source.examples()), directory);
            try {
                pack(spark, data.dataset());
                data.validation().ifPresent(others -> pack(spark, others));
                record = record.packed(data.fingerprint());
                checkSameData(resumed, data);
                directory.write(record);
                return train(spark, source, validation, data, record, start);
            } catch (Throwable e) { // an Error too: of a full memory the record says so as of a full disk
                if (e instanceof DivergedException diverged) {
                    console.diagnosis(List.of(diagnosis.diverged(diverged.iteration())));
                }
                fail(record, LostThreads.reason(e));
                throw e;
            }
        }
    }

    private Optional<Validation> validation(SparkRun spark, ResidentGradientSource source, TrainingData data)
            throws InvalidConfigException {
        if (data.validation().isEmpty()) {
            return Optional.empty();
        }
        long every = plan.validateEvery(data.dataset().sharding().examples());
        SparkGradientSource others =
                new SparkGradientSource(spark.context(), data.validation().get(), plan.topology(), plan.kernels());
        return Optional.of(new Validation(source.beside(others), plan.topology(), every));
    }

    /** Notes why a run failed, if it still can; a run that was taken over has failed for no other reason. */
    private void fail(RunRecord record, Throwable reason) throws LockedException {
        try {
            directory.write(record.diagnosed(diagnosis.symptoms()).failed(FailureText.of(reason)));
            report.write().ifPresent(console::report);
        } catch (LockedException e) {
            e.addSuppressed(reason);
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            reason.addSuppressed(e);
        }
    }

    private void checkSameData(Optional<Checkpoint> resumed, TrainingData data) {
        if (resumed.isPresent() && !resumed.get().data().equals(data.fingerprint())) {
            throw new DataChangedException("Cannot resume " + directory + ": its data had the fingerprint "
                    + resumed.get().data() + " and have now " + data.fingerprint());
        }
    }

    private ExitCode train(
            SparkRun spark,
            ResidentGradientSource source,
            Optional<Validation> validation,
            TrainingData data,
            RunRecord record,
            Trainer.Start start)
            throws IOException {
        try (StopSignals signals = new StopSignals(console::warning)) {
            Batches batches = plan.batches(source.examples());
            MeanObjective objective = new MeanObjective(source, plan.topology(), plan.penalty(), batches);
            Objective described = (parameters, iteration) -> {
                spark.describe("sparkprop iteration " + iteration);
                return objective.evaluate(parameters, iteration);
            };
            TrainingResult result;
            try (MetricsLog metrics = directory.openMetrics(start.descent().iteration(), console::warning)) {
                console.columns(validation.isPresent());
                RunListener listener = new RunListener(
                        plan,
                        checkpoints,
                        console,
                        diagnosis,
                        data,
                        metrics,
                        signals,
                        source,
                        console.progress(batches));
                result = new Trainer(plan.schedule(), plan.optimizer(), validation, listener, ledger)
                        .train(described, start, batches::examplesIn);
            } finally {
                console.progressEnds();
            }
            Ledger.Times times =
                    ledger.total(result.iterations() - start.descent().iteration() + 1);
            RunRecord.Result end = RunRecords.end(result, batches, times);
            source.close();
            if (!result.reason().complete()) {
                directory.write(record.diagnosed(diagnosis.symptoms()).stopped(end));
                console.stopped(
                        result.reason() == StopReason.ASKED ? asker(signals) : "training.stop.max-time",
                        result.iterations(),
                        directory);
                console.diagnosis(diagnosis.symptoms());
                report.tellExamples(spark, data, result.parameters(), diagnosis);
                report.write().ifPresent(console::report);
                return ExitCode.STOPPED;
            }
            Model model = new Model(plan.topology(), result.parameters(), data.learned());
            directory.write(model);
            report.tellExamples(spark, data, result.parameters(), diagnosis);
            directory.write(record.diagnosed(diagnosis.symptoms()).finished(end));
            // told last, but written before: nothing is written after the mark
            Optional<String> page = report.write();
            directory.markSuccess();
            console.end(end, times, spark.slots(), model, result.best().kept(), validation.isPresent());
            console.diagnosis(diagnosis.symptoms());
            page.ifPresent(console::report);
            return ExitCode.FINISHED;
        }
    }

    private static String asker(StopSignals signals) {
        return signals.received() == null ? "a job that was cancelled" : signals.received();
    }

    private void pack(SparkRun spark, ShardedDataset dataset) {
        long start = System.nanoTime();
        ProgressLines.during("Packing", spark.context(), console::progress, dataset::pack);
        console.packed(dataset, (System.nanoTime() - start) / 1e9);
    }
}
