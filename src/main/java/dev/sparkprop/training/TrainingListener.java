package dev.sparkprop.training;

import dev.sparkprop.optimizer.CostAndGradient;

/**
 * Receives the events of a training run. Called on the training thread; the time that it takes is part of
 * the training time.
 */
@FunctionalInterface
public interface TrainingListener {
    /** Called for every iteration before it is logged, with the number of evaluations so far. Must return quickly. */
    default void evaluated(int iteration, long evaluations, CostAndGradient evaluation) {}

    /** Called for an iteration that is due to be logged. */
    void logged(Iteration iteration);

    /** Called for an iteration that is due to be saved. If it is due to be logged too, it has already been logged. */
    default void checkpoint(Iteration iteration) {}

    /** Returns true to stop after this iteration. Called at most once per iteration. */
    default boolean shouldStop() {
        return false;
    }
}
