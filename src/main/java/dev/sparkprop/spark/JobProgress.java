package dev.sparkprop.spark;

import java.util.Arrays;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.status.api.v1.StageData;

/**
 * How far Spark's jobs are that run at this moment, as far as it has heard.
 *
 * @param tasks of these jobs
 * @param tasksDone those of them that ended
 * @param rows that were read from files; executors tell of them when tasks end, and of running ones every ten seconds
 *     (spark.executor.heartbeatInterval)
 */
public record JobProgress(int tasks, int tasksDone, long rows) {
    private static final JobProgress NONE = new JobProgress(0, 0, 0);

    /** The progress of a context's jobs; of no tasks if there are none. */
    public static JobProgress of(JavaSparkContext context) {
        return Arrays.stream(context.statusTracker().getActiveJobIds())
                .mapToObj(context.statusTracker()::getJobInfo)
                .flatMapToInt(job -> Arrays.stream(job == null ? new int[0] : job.stageIds()))
                .mapToObj(stage -> ofStage(context, stage))
                .reduce(NONE, JobProgress::plus);
    }

    private static JobProgress ofStage(JavaSparkContext context, int stage) {
        try {
            StageData data = context.sc().statusStore().lastStageAttempt(stage);
            return new JobProgress(data.numTasks(), data.numCompleteTasks(), data.inputRecords());
        } catch (NoSuchElementException e) {
            // Spark has forgotten it, because there were many
            return NONE;
        }
    }

    private JobProgress plus(JobProgress other) {
        return new JobProgress(tasks + other.tasks, tasksDone + other.tasksDone, rows + other.rows);
    }
}
