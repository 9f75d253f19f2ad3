package dev.sparkprop.training;

import dev.sparkprop.optimizer.CostAndGradient;

/** Hears of a training as it goes. Called on the training thread; the time it takes is the run's. */
@FunctionalInterface
public interface TrainingListener {
    /** Any iteration, after so many evaluations; told before it is logged, and to be heard in next to no time. */
    default void evaluated(int iteration, long evaluations, CostAndGradient evaluation) {}

    /** An iteration that is due to be logged. */
    void logged(Iteration iteration);

    /** An iteration that is due to be saved; one that is due to be logged too has been logged before. */
    default void checkpoint(Iteration iteration) {}

    /** Whether to stop after this iteration; asked at most once for each. */
    default boolean asksToStop() {
        return false;
    }
}
