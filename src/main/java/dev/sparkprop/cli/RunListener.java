package dev.sparkprop.cli;

import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.diagnosis.Diagnosis;
import dev.sparkprop.optimizer.Evaluation;
import dev.sparkprop.spark.ResidentGradientSource;
import dev.sparkprop.store.Checkpoint;
import dev.sparkprop.store.Checkpoints;
import dev.sparkprop.store.MetricsLog;
import dev.sparkprop.training.Iteration;
import dev.sparkprop.training.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Logs a training, saves it, diagnoses it, shows how far it is, and hears of wishes to stop it. */
final class RunListener implements TrainingListener {
    private final TrainingPlan plan;
    private final Checkpoints checkpoints;
    private final TrainingConsole console;
    private final Diagnosis diagnosis;
    private final TrainingData data;
    private final MetricsLog metrics;
    private final StopSignals signals;
    private final ResidentGradientSource source;
    private final TrainingProgress progress;
    private long repacked;

    RunListener(
            TrainingPlan plan,
            Checkpoints checkpoints,
            TrainingConsole console,
            Diagnosis diagnosis,
            TrainingData data,
            MetricsLog metrics,
            StopSignals signals,
            ResidentGradientSource source,
            TrainingProgress progress) {
        this.plan = plan;
        this.checkpoints = checkpoints;
        this.console = console;
        this.diagnosis = diagnosis;
        this.data = data;
        this.metrics = metrics;
        this.signals = signals;
        this.source = source;
        this.progress = progress;
    }

    @Override
    public void evaluated(int iteration, long evaluations, Evaluation evaluation) {
        progress.evaluated(iteration, evaluations, evaluation);
    }

    @Override
    public void logged(Iteration iteration) {
        try {
            metrics.append(iteration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        console.iteration(iteration, data.validation().isPresent());
        diagnosis.logged(iteration).ifPresent(console::noticed);
        progress.logged(iteration.number(), iteration.evaluations());
    }

    @Override
    public void checkpoint(Iteration iteration) {
        try {
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
                    data.fingerprint()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean asksToStop() {
        long now = data.repacked();
        if (now > repacked) {
            console.warning(TrainingConsole.count(now - repacked, "shard")
                    + " packed again, because an executor or its cache was lost");
            repacked = now;
        }
        return signals.received() != null || source.cancelled();
    }
}
