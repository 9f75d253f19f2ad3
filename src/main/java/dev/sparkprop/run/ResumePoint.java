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

/** Whether and where an interrupted run can be resumed. */
final class ResumePoint {
    private ResumePoint() {}

    /**
     * Refuses to resume with a plan that would not have led to the checkpoint.
     *
     * @throws InvalidConfigException with all keys that differ and decide bits
     */
    static void check(TrainingPlan plan, Checkpoint checkpoint, RunDirectory run) throws InvalidConfigException {
        List<String> problems = new ArrayList<>();
        TrainingPlans.changes(checkpoint.config(), plan)
                .forEach(change -> problems.add("Cannot resume " + run + ": " + change));
        if (checkpoint.iteration() > plan.schedule().iterations()) {
            problems.add("Cannot resume " + run + ": it is at iteration " + checkpoint.iteration()
                    + ", beyond training.iterations = " + plan.schedule().iterations());
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
    }

    /** The start of a training that continues from a checkpoint. */
    static Trainer.Start start(Checkpoint checkpoint) {
        return new Trainer.Start(
                new Optimizer.Start(checkpoint.iteration(), checkpoint.parameters(), checkpoint.optimizer()),
                checkpoint.evaluations(),
                checkpoint.elapsedSeconds(),
                checkpoint.best());
    }
}
