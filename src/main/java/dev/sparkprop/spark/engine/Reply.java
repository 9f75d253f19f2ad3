package dev.sparkprop.spark.engine;

import dev.sparkprop.evaluation.Request;
import java.io.Serializable;

/** What the driver answers to a resident task. */
sealed interface Reply extends Serializable {
    /** Nothing to do at this moment. */
    NotYet NOT_YET = new NotYet();

    /** The job is over. */
    End END = new End();

    /**
     * An evaluation to do.
     *
     * @param number of the evaluation in its session, from 1
     */
    record Order(long number, Request request) implements Reply {}

    /** The task should ask again. */
    record NotYet() implements Reply {}

    /** The task should end. */
    record End() implements Reply {}
}
