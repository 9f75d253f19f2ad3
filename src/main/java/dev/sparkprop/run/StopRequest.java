package dev.sparkprop.run;

import java.util.Optional;

/** Requests that a training run stop after its current iteration. */
public interface StopRequest {
    /** Returns the source of a stop request, such as {@code SIGTERM}; empty if there is none. Must return quickly. */
    Optional<String> by();

    /**
     * Called when the training loop is about to begin. From now on, a request stops the loop instead of ending the
     * process.
     */
    default void listen() {}

    /** Called when the run has ended, even if by an exception. */
    default void end() {}
}
