package dev.sparkprop.spark.engine;

import dev.sparkprop.evaluation.Request;
import java.io.Serializable;

/** The driver's reply to a resident task. */
sealed interface Reply extends Serializable {
    /** The reply when no evaluation is due. */
    NotYet NOT_YET = new NotYet();

    /** The reply when the job is over. */
    End END = new End();

    /**
     * Assigns an evaluation to the task.
     *
     * @param number the number of the evaluation in its session, starting at 1
     */
    record Order(long number, Request request) implements Reply {}

    /** Tells the task to ask again. */
    record NotYet() implements Reply {}

    /** Tells the task to end. */
    record End() implements Reply {}
}
