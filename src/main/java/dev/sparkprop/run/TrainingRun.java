package dev.sparkprop.run;

import dev.sparkprop.config.InvalidConfigException;
import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.diagnosis.Diagnosis;
import dev.sparkprop.diagnosis.Setup;
import dev.sparkprop.diagnosis.Symptom;
import dev.sparkprop.spark.LostThreads;
import dev.sparkprop.spark.SparkConnection;
import dev.sparkprop.spark.dataset.DataChangedException;
import dev.sparkprop.spark.dataset.ShardedDataset;
import dev.sparkprop.store.Checkpoint;
import dev.sparkprop.store.Checkpoints;
import dev.sparkprop.store.Model;
import dev.sparkprop.store.RunDirectory;
import dev.sparkprop.store.RunRecord;
import dev.sparkprop.store.lock.LockedException;
import dev.sparkprop.training.DivergedException;
import dev.sparkprop.training.StopReason;
import dev.sparkprop.training.Trainer;
import dev.sparkprop.training.TrainingResult;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A training run, from a plan to a verified model in a directory. */
public final class TrainingRun {
    private final TrainingPlan plan;
    private final RunDirectory directory;
    private final Checkpoints checkpoints;
    private final RunObserver observer;
    private final StopRequest stop;
    private final Instant started = Instant.now();
    private final Diagnosis diagnosis;
    private final RunReport report;

    private TrainingRun(
            TrainingPlan plan,
            RunDirectory directory,
            Checkpoints checkpoints,
            RunObserver observer,
            StopRequest stop) {
        this.plan = plan;
        this.directory = directory;
        this.checkpoints = checkpoints;
        this.observer = observer;
        this.stop = stop;
        this.diagnosis =
                plan.batch().isPresent() ? Diagnosis.ofBatches(setup(plan)) : Diagnosis.ofFullBatch(setup(plan));
        this.report = new RunReport(directory, observer);
    }

    private static Setup setup(TrainingPlan plan) {
        Setup.Standardizing standardizing = plan.data() instanceof TrainingPlan.Files files
                ? files.files().standardize() ? Setup.Standardizing.ON : Setup.Standardizing.OFF
                : Setup.Standardizing.NOT_OFFERED;
        return new Setup(plan.topology(), plan.optimizer(), plan.initial().scheme(), standardizing);
    }

    /**
     * Trains according to a plan, from the start or from the newest checkpoint.
     *
     * @param path the path of the run directory
     * @param existing what to do with an earlier run in the directory
     * @throws InvalidConfigException if an earlier run cannot be resumed with this plan
     * @throws dev.sparkprop.store.lock.LockedException if another run owns the directory
     * @throws DivergedException if the cost or the gradient is not finite
     */
    public static RunOutcome run(
            TrainingPlan plan, String path, RunDirectory.Existing existing, RunObserver observer, StopRequest stop)
            throws IOException, InvalidConfigException {
        boolean resume = existing == RunDirectory.Existing.RESUME;
        // if possible, read it before the directory is changed, because the file may be missing
        Optional<double[]> initial =
                resume || plan.hasUnknownInputs() ? Optional.empty() : Optional.of(InitialPoint.of(plan));
        try (RunDirectory directory = RunDirectory.open(path, existing);
                OpenedData opened = new OpenedData(observer)) {
            TrainingPlan resolved =
                    plan.hasUnknownInputs() ? opened.of(plan).data().resolve(plan) : plan;
            Checkpoints checkpoints = directory.checkpoints(resolved.topology(), plan.keepCheckpoints());
            TrainingRun run = new TrainingRun(resolved, directory, checkpoints, observer, stop);
            Optional<Checkpoint> newest = resume ? checkpoints.newest(observer::damaged) : Optional.empty();
            if (newest.isPresent()) {
                ResumePoint.check(resolved, newest.get(), directory);
                if (directory.finished()
                        && newest.get().iteration() == plan.schedule().iterations()) {
                    return new RunOutcome.NothingToDo(directory.toString());
                }
                return run.execute(opened, newest, ResumePoint.start(newest.get()));
            }
            if (resume) {
                observer.startsFromScratch(directory.toString());
            }
            double[] parameters = initial.isPresent() ? initial.get() : InitialPoint.of(resolved);
            return run.execute(opened, Optional.empty(), Trainer.Start.of(parameters));
        }
    }

    private RunOutcome execute(OpenedData opened, Optional<Checkpoint> resumed, Trainer.Start start)
            throws IOException, InvalidConfigException {
        OpenedData.Parts parts = opened.of(plan);
        SparkConnection spark = parts.spark();
        TrainingData data = parts.data();
        try (TrainingLoop loop = new TrainingLoop(plan, spark, data, observer, stop)) {
            RunRecord record = RunRecords.started(plan, started, spark, data, resumed);
            if (resumed.isPresent()) {
                directory.reopen();
            } else {
                directory.clear();
            }
            directory.write(record);
            observer.started(record, loop.engine(), loop.facts(), directory.toString());
            try {
                pack(spark, data.dataset());
                if (data.validation().isPresent()) {
                    pack(spark, data.validation().get());
                }
                record = record.packed(data.fingerprint());
                checkSameData(resumed, data);
                directory.write(record);
                stop.listen();
                TrainingResult result = loop.run(start, directory, checkpoints, diagnosis);
                return result.reason().complete()
                        ? finish(spark, data, loop, record, result)
                        : stop(spark, data, loop, record, result);
            } catch (Throwable e) { // includes Errors, so that the record also states failures such as a lack of memory
                fail(record, LostThreads.reason(e));
                throw e;
            } finally {
                stop.end();
            }
        }
    }

    private void pack(SparkConnection spark, ShardedDataset dataset) {
        long start = System.nanoTime();
        ProgressLines.during("Packing", spark.context(), observer::progress, dataset::pack);
        double seconds = (System.nanoTime() - start) / 1e9;
        observer.packed(new PackedFacts(seconds, dataset.bytesInMemory(), dataset.bytesOnDisk()));
    }

    private void checkSameData(Optional<Checkpoint> resumed, TrainingData data) {
        if (resumed.isPresent() && !resumed.get().data().equals(data.fingerprint())) {
            throw new DataChangedException("Cannot resume " + directory + ": the fingerprint of its data was "
                    + resumed.get().data() + " and is now " + data.fingerprint());
        }
    }

    /** Writes the results. The order of the writes makes a crash harmless: the model first, the success marker last. */
    private RunOutcome finish(
            SparkConnection spark, TrainingData data, TrainingLoop loop, RunRecord record, TrainingResult result)
            throws IOException {
        RunRecord.Result end = RunRecords.end(result, loop.facts().batches(), loop.times());
        Model model = new Model(plan.topology(), result.parameters(), data.learned());
        directory.write(model);
        inspect(spark, data, result.parameters());
        List<Symptom> symptoms = diagnosis.symptoms();
        directory.write(record.withDiagnosis(symptoms).finished(end));
        Optional<String> page = report.writePage();
        directory.markSuccess();
        return new RunOutcome.Finished(
                result.reason(),
                end,
                loop.times(),
                spark.slots(),
                model,
                result.best().hasParameters(),
                loop.facts().validates(),
                symptoms,
                page);
    }

    private RunOutcome stop(
            SparkConnection spark, TrainingData data, TrainingLoop loop, RunRecord record, TrainingResult result)
            throws IOException {
        RunRecord.Result end = RunRecords.end(result, loop.facts().batches(), loop.times());
        // write the record immediately, because the process may be killed soon, and again with the complete diagnosis
        directory.write(record.withDiagnosis(diagnosis.symptoms()).stopped(end));
        inspect(spark, data, result.parameters());
        List<Symptom> symptoms = diagnosis.symptoms();
        directory.write(record.withDiagnosis(symptoms).stopped(end));
        String by = result.reason() == StopReason.ASKED
                ? stop.by().orElse("the cancellation of its job")
                : "training.stop.max-time";
        return new RunOutcome.Stopped(directory.toString(), by, result.iterations(), symptoms, report.writePage());
    }

    /** Evaluates the parameters on the examples, which completes the diagnosis. */
    private void inspect(SparkConnection spark, TrainingData data, double[] parameters) throws LockedException {
        Optional<Inspection> inspection = report.attempt(() -> Inspection.of(plan, spark, data, parameters, diagnosis));
        if (inspection.isPresent()) {
            inspection.get().complete(diagnosis, plan, parameters);
            report.attempt(() -> directory.write(inspection.get().examples(plan)));
        }
    }

    /**
     * Records the reason why a run failed, if possible. If another run has taken over the directory, throws that
     * failure instead.
     */
    private void fail(RunRecord record, Throwable reason) throws LockedException {
        if (reason instanceof DivergedException diverged) {
            observer.failed(List.of(diagnosis.diverged(diverged.iteration())));
        }
        try {
            directory.write(record.withDiagnosis(diagnosis.symptoms()).failed(FailureText.of(reason)));
            report.writePage().ifPresent(observer::reported);
        } catch (LockedException e) {
            e.addSuppressed(reason);
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            reason.addSuppressed(e);
        }
    }
}
