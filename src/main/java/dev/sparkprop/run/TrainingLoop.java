package dev.sparkprop.run;

import dev.sparkprop.config.InvalidConfigException;
import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.diagnosis.Diagnosis;
import dev.sparkprop.evaluation.GradientSource;
import dev.sparkprop.optimizer.Objective;
import dev.sparkprop.spark.SparkConnection;
import dev.sparkprop.spark.engine.SparkGradientSource;
import dev.sparkprop.store.Checkpoints;
import dev.sparkprop.store.MetricsLog;
import dev.sparkprop.store.RunDirectory;
import dev.sparkprop.training.Ledger;
import dev.sparkprop.training.MeanObjective;
import dev.sparkprop.training.Trainer;
import dev.sparkprop.training.TrainingResult;
import dev.sparkprop.training.Validation;
import java.io.IOException;
import java.util.Optional;

/** The training loop of a run: the engine over its data, the optimizer, and validation. */
final class TrainingLoop implements AutoCloseable {
    private final TrainingPlan plan;
    private final SparkConnection spark;
    private final TrainingData data;
    private final RunObserver observer;
    private final StopRequest stop;
    private final Ledger ledger = new Ledger();
    private final SparkGradientSource source;
    private final Optional<Validation> validation;
    private final LoopFacts facts;
    private Ledger.Times times;

    TrainingLoop(TrainingPlan plan, SparkConnection spark, TrainingData data, RunObserver observer, StopRequest stop)
            throws InvalidConfigException {
        this.plan = plan;
        this.spark = spark;
        this.data = data;
        this.observer = observer;
        this.stop = stop;
        this.source = new SparkGradientSource(
                plan.engine(),
                spark.context(),
                data.dataset(),
                plan.topology(),
                plan.kernels(),
                ledger,
                observer::warning);
        this.validation = validation();
        this.facts = new LoopFacts(
                plan.topology(), plan.schedule().iterations(), plan.batches(source.examples()), validation.isPresent());
    }

    private Optional<Validation> validation() throws InvalidConfigException {
        if (data.validation().isEmpty()) {
            return Optional.empty();
        }
        long every = plan.validateEvery(data.dataset().sharding().examples());
        GradientSource validationSource =
                SparkGradientSource.jobs(spark.context(), data.validation().get(), plan.topology(), plan.kernels());
        return Optional.of(new Validation(source.releasingBefore(validationSource), every));
    }

    /** Returns a description of how evaluations run. */
    String engine() {
        return source.description();
    }

    LoopFacts facts() {
        return facts;
    }

    /** Returns the times of the phases, per iteration of this process. */
    Ledger.Times times() {
        return times;
    }

    /** Trains until training ends or is stopped. The engine's tasks have ended when this method returns. */
    TrainingResult run(Trainer.Start start, RunDirectory directory, Checkpoints checkpoints, Diagnosis diagnosis)
            throws IOException {
        MeanObjective objective = new MeanObjective(source, plan.topology(), plan.penalty(), facts.batches());
        Objective describedObjective = (parameters, iteration) -> {
            spark.describe("sparkprop iteration " + iteration);
            return objective.evaluate(parameters, iteration);
        };
        int first = start.descent().iteration();
        try (MetricsLog metrics = directory.openMetrics(first, observer::warning)) {
            observer.loopBegins(facts);
            RunListener listener =
                    new RunListener(plan, data, metrics, checkpoints, diagnosis, observer, this::stopRequested);
            TrainingResult result = new Trainer(plan.schedule(), plan.optimizer(), validation, listener, ledger)
                    .train(describedObjective, start, facts.batches()::examplesIn);
            times = ledger.total(result.iterations() - first + 1);
            return result;
        } finally {
            observer.loopEnds();
            source.release();
        }
    }

    private boolean stopRequested() {
        return stop.by().isPresent() || source.cancelled();
    }

    @Override
    public void close() {
        source.close();
    }
}
