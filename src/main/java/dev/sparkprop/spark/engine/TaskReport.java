package dev.sparkprop.spark.engine;

import java.io.Serializable;
import java.util.List;

/**
 * The message that a resident task sends when it asks the driver for work.
 *
 * @param session the session of the task's job
 * @param task the number of the task in its job
 * @param attempt Spark's ID of this task attempt
 * @param number the number of the task's latest evaluation, or 0
 * @param sums the sums of that evaluation; null if they have been sent before
 */
record TaskReport(String session, int task, long attempt, long number, List<NodeSums> sums) implements Serializable {
    /** Returns the same task's report after an evaluation. */
    TaskReport after(long evaluation, List<NodeSums> done) {
        return new TaskReport(session, task, attempt, evaluation, done);
    }
}
