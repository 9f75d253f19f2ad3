package dev.sparkprop.spark.engine;

import java.io.Serializable;
import java.util.List;

/**
 * What a resident task sends to the driver whenever it asks for work.
 *
 * @param session of its job
 * @param partition of the task
 * @param attempt Spark's number for this attempt
 * @param number of the evaluation that it did last, or 0
 * @param sums of that evaluation; null if they were sent before
 */
record TaskReport(String session, int partition, long attempt, long number, List<NodeSums> sums)
        implements Serializable {
    /** The same task's report after an evaluation. */
    TaskReport after(long evaluation, List<NodeSums> done) {
        return new TaskReport(session, partition, attempt, evaluation, done);
    }
}
