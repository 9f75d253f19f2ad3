package dev.sparkprop.training;

/** Hears of iterations that are due to be logged. */
@FunctionalInterface
public interface TrainingListener {
    /** Called on the training thread; the time it takes is the run's. */
    void logged(Iteration iteration);
}
