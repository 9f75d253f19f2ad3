package dev.sparkprop.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.sparkprop.diagnosis.Symptom;
import dev.sparkprop.text.ConstantName;
import dev.sparkprop.training.Ledger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The contents of {@code run.json}, which describe a run so that it can be reproduced.
 *
 * @param name the name of the run
 * @param status {@code running}, {@code finished}, {@code stopped} or {@code failed}
 * @param started the UTC start time in ISO 8601 format
 * @param config the effective configuration, as JSON
 * @param seed the seed of the initial parameters
 * @param versions the versions of sparkprop, Spark, Java and the operating system
 * @param kernels the kernels used for the computation
 * @param data the training data
 * @param cluster the cluster on which the run was executed
 * @param resumedFrom the iteration of the checkpoint from which the run was last resumed; absent if it was not
 *     resumed
 * @param result the result of the training; absent unless the run has finished or was stopped
 * @param error the reason for the failure; absent unless the run failed
 * @param diagnosis the symptoms found by the end of the run; absent if there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunRecord(
        String name,
        String status,
        String started,
        @JsonRawValue String config,
        long seed,
        Map<String, String> versions,
        Kernels kernels,
        Data data,
        Cluster cluster,
        Integer resumedFrom,
        Result result,
        String error,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Symptom> diagnosis) {

    public RunRecord {
        diagnosis = List.copyOf(diagnosis);
    }

    /**
     * The kernels used for the computation.
     *
     * @param driver the name of the driver's kernels
     * @param executors the distinct names of the executors' kernels
     */
    public record Kernels(String driver, Set<String> executors) {}

    /**
     * The training data.
     *
     * @param source a description of the source of the examples
     * @param version what identifies the version of the table that was read; absent if it has none
     * @param examples the number of training examples
     * @param shards the number of shards
     * @param shardExamples the number of examples in each shard except the last
     * @param validation the number of additional examples for validation; absent if there are none
     * @param fingerprint the fingerprint of all features and targets; absent until they are packed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Data(
            String source,
            String version,
            long examples,
            int shards,
            int shardExamples,
            Long validation,
            String fingerprint) {}

    /**
     * The cluster.
     *
     * @param master Spark's master URL
     * @param applicationId Spark's ID of the run
     * @param cores the number of tasks that the executors could run concurrently at the start
     * @param partitions the number of partitions of the data
     */
    public record Cluster(String master, String applicationId, int cores, int partitions) {}

    /**
     * The best iteration.
     *
     * @param iteration the first iteration with the lowest cost
     * @param cost the cost at that iteration; the validation cost if there is one
     */
    public record Best(int iteration, double cost) {}

    /**
     * The result of training.
     *
     * @param iterations the number of completed updates
     * @param evaluations the number of evaluations of cost and gradient, including the first one
     * @param reason the reason why training ended
     * @param cost the cost after the last update
     * @param accuracy the accuracy after the last update; null if predictions are not right or wrong
     * @param best the iteration with the lowest cost
     * @param seconds the duration of the training
     * @param examplesPerSecond the throughput over the whole training; each evaluation of an example counts
     * @param millisecondsPerIteration the mean duration of an iteration over the whole training, including iteration
     *     0
     * @param milliseconds the time of each phase per iteration, over the iterations of this process
     * @param tasks the times of tasks per iteration
     * @param parametersSha256 the hash of the parameters in the model, or of the parameters at which the run was
     *     stopped
     */
    public record Result(
            int iterations,
            long evaluations,
            String reason,
            double cost,
            Double accuracy,
            Best best,
            double seconds,
            double examplesPerSecond,
            double millisecondsPerIteration,
            Map<String, Double> milliseconds,
            Tasks tasks,
            String parametersSha256) {}

    /**
     * The times of tasks per iteration.
     *
     * @param milliseconds the total time of all tasks
     * @param slowestMilliseconds the time of the slowest task
     * @param stragglers the ratio of the slowest task's time to the mean time; null if there was no task
     */
    public record Tasks(double milliseconds, double slowestMilliseconds, Double stragglers) {

        /** Converts the times of a ledger. */
        public static Tasks of(Ledger.Times times) {
            return new Tasks(
                    rounded(times.taskMilliseconds()),
                    rounded(times.slowestTask()),
                    Double.isNaN(times.stragglers()) ? null : rounded(times.stragglers()));
        }
    }

    /** Rounds to four decimals, which are tenths of a microsecond. */
    private static double rounded(double milliseconds) {
        return Math.round(milliseconds * 1e4) / 1e4;
    }

    /** Returns the milliseconds of each phase, keyed by its name. */
    public static Map<String, Double> milliseconds(Ledger.Times times) {
        Map<String, Double> names = new LinkedHashMap<>();
        times.milliseconds().forEach((phase, milliseconds) -> names.put(ConstantName.of(phase), rounded(milliseconds)));
        return names;
    }

    /** Returns a copy for a run that failed with an error. */
    public RunRecord failed(String reason) {
        return copy("failed", data, null, reason, diagnosis);
    }

    /** Returns a copy for a run that has finished. */
    public RunRecord finished(Result end) {
        return copy("finished", data, end, null, diagnosis);
    }

    /** Returns a copy for a run that was stopped before its end. */
    public RunRecord stopped(Result end) {
        return copy("stopped", data, end, null, diagnosis);
    }

    /** Returns a copy with the given symptoms. */
    public RunRecord withDiagnosis(List<Symptom> symptoms) {
        return copy(status, data, result, error, symptoms);
    }

    /** Returns a copy for a run whose data have been packed. */
    public RunRecord packed(String fingerprint) {
        Data known = new Data(
                data.source(),
                data.version(),
                data.examples(),
                data.shards(),
                data.shardExamples(),
                data.validation(),
                fingerprint);
        return copy(status, known, result, error, diagnosis);
    }

    private RunRecord copy(String newStatus, Data newData, Result newResult, String newError, List<Symptom> symptoms) {
        return new RunRecord(
                name,
                newStatus,
                started,
                config,
                seed,
                versions,
                kernels,
                newData,
                cluster,
                resumedFrom,
                newResult,
                newError,
                symptoms);
    }

    /** Returns null for NaN, which JSON cannot represent. */
    public static Double numberOrNull(double number) {
        return Double.isNaN(number) ? null : number;
    }
}
