package dev.sparkprop.run;

import dev.sparkprop.config.InvalidConfigException;
import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.config.TrainingPlans;
import dev.sparkprop.optimizer.Optimizer;
import dev.sparkprop.store.Checkpoint;
import dev.sparkprop.store.RunDirectory;
import dev.sparkprop.training.Trainer;
import java.util.ArrayList;
import java.util.List;

/** Decides whether and where an interrupted run can resume. */
final class ResumePoint {
    private ResumePoint() {}

    /**
     * Rejects a plan that would not have led to the checkpoint.
     *
     * @throws InvalidConfigException with all differing keys that affect the result
     */
    static void check(TrainingPlan plan, Checkpoint checkpoint, RunDirectory run) throws InvalidConfigException {
        List<String> problems = new ArrayList<>();
        TrainingPlans.changes(checkpoint.config(), plan)
                .forEach(change -> problems.add("Cannot resume " + run + ": " + change));
        if (checkpoint.iteration() > plan.schedule().iterations()) {
            problems.add("Cannot resume " + run + ": its iteration " + checkpoint.iteration()
                    + " exceeds training.iterations = " + plan.schedule().iterations());
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
    }

    /** Returns the start of a training run that continues from a checkpoint. */
    static Trainer.Start start(Checkpoint checkpoint) {
        return new Trainer.Start(
                new Optimizer.Start(checkpoint.iteration(), checkpoint.parameters(), checkpoint.optimizer()),
                checkpoint.evaluations(),
                checkpoint.elapsedSeconds(),
                checkpoint.best());
    }
}
