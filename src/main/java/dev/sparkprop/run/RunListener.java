package dev.sparkprop.run;

import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.diagnosis.Diagnosis;
import dev.sparkprop.optimizer.CostAndGradient;
import dev.sparkprop.store.Checkpoint;
import dev.sparkprop.store.Checkpoints;
import dev.sparkprop.store.MetricsLog;
import dev.sparkprop.text.Words;
import dev.sparkprop.training.Iteration;
import dev.sparkprop.training.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;

/** Logs, saves and diagnoses a training run while it runs. */
final class RunListener implements TrainingListener {
    private final TrainingPlan plan;
    private final TrainingData data;
    private final MetricsLog metrics;
    private final Checkpoints checkpoints;
    private final Diagnosis diagnosis;
    private final RunObserver observer;
    private final BooleanSupplier stopRequested;
    private long repacked;

    RunListener(
            TrainingPlan plan,
            TrainingData data,
            MetricsLog metrics,
            Checkpoints checkpoints,
            Diagnosis diagnosis,
            RunObserver observer,
            BooleanSupplier stopRequested) {
        this.plan = plan;
        this.data = data;
        this.metrics = metrics;
        this.checkpoints = checkpoints;
        this.diagnosis = diagnosis;
        this.observer = observer;
        this.stopRequested = stopRequested;
    }

    @Override
    public void evaluated(int iteration, long evaluations, CostAndGradient evaluation) {
        observer.evaluated(iteration, evaluations, evaluation);
    }

    @Override
    public void logged(Iteration iteration) {
        try {
            metrics.append(iteration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        observer.logged(iteration);
        diagnosis.logged(iteration).ifPresent(observer::noticed);
    }

    @Override
    public void checkpoint(Iteration iteration) {
        try {
            // a checkpoint implies that the metrics of all earlier iterations are on disk
            metrics.sync();
            checkpoints.write(new Checkpoint(
                    iteration.number(),
                    iteration.parameters(),
                    iteration.memory(),
                    iteration.evaluations(),
                    iteration.elapsedSeconds(),
                    iteration.best(),
                    plan.decisive(),
                    data.fingerprint()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean shouldStop() {
        long now = data.repacked();
        if (now > repacked) {
            observer.warning(
                    Words.count(now - repacked, "shard") + " packed again, because an executor or its cache was lost");
            repacked = now;
        }
        return stopRequested.getAsBoolean();
    }
}
