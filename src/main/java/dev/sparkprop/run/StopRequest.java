package dev.sparkprop.run;

import java.util.Optional;

/** Asks a training to stop after the current iteration. */
public interface StopRequest {
    /** What has asked the training to stop, such as {@code SIGTERM}; empty if nothing has. Returns quickly. */
    Optional<String> by();

    /** The training loop begins: from now on requests are heard, and the process is not simply ended. */
    default void listen() {}

    /** The run has ended, also by an exception. */
    default void end() {}
}
