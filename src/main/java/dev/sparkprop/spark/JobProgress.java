package dev.sparkprop.spark;

import java.util.Arrays;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.status.api.v1.StageData;

/**
 * The progress of the running Spark jobs, according to the latest status of the driver.
 *
 * @param tasks the number of tasks of these jobs
 * @param tasksDone the number of completed tasks
 * @param rows the number of rows read from files; executors report it when a task ends and, for running tasks, every
 *     ten seconds (spark.executor.heartbeatInterval)
 */
public record JobProgress(int tasks, int tasksDone, long rows) {
    private static final JobProgress NONE = new JobProgress(0, 0, 0);

    /** Returns the progress of a context's jobs; all counts are 0 if no job is running. */
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
            // Spark keeps only a limited number of stages and has removed this one
            return NONE;
        }
    }

    private JobProgress plus(JobProgress other) {
        return new JobProgress(tasks + other.tasks, tasksDone + other.tasksDone, rows + other.rows);
    }
}
