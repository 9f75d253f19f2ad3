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
 * What {@code run.json} tells of a run, so that somebody can repeat it.
 *
 * @param name of the run
 * @param status {@code running}, {@code finished}, {@code stopped} or {@code failed}
 * @param started UTC time, ISO 8601
 * @param config the effective configuration, as JSON
 * @param seed of the initial parameters
 * @param versions of sparkprop, Spark, Java and the operating system
 * @param kernels the arithmetic that computed it
 * @param data what it learned from
 * @param cluster where it ran
 * @param resumedFrom iteration of the checkpoint from which it last went on; absent unless it was interrupted
 * @param result how it ended; absent unless it finished or was stopped
 * @param error why it failed; absent unless it did
 * @param diagnosis what was the matter with it at its end; absent if there was nothing
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
     * @param driver name of the kernels that the driver computes with
     * @param executors names of those that executors compute with, each once
     */
    public record Kernels(String driver, Set<String> executors) {}

    /**
     * @param source where examples come from
     * @param examples in the dataset
     * @param shards it is cut into
     * @param shardExamples in each shard but the last
     * @param validation examples beside them, to validate with; absent if there are none
     * @param fingerprint of all features and targets; absent until they are packed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Data(
            String source, long examples, int shards, int shardExamples, Long validation, String fingerprint) {}

    /**
     * @param master Spark's master URL
     * @param applicationId Spark's name for the run
     * @param cores that Spark offered at the start
     * @param partitions of the data
     */
    public record Cluster(String master, String applicationId, int cores, int partitions) {}

    /**
     * @param iteration the first with the lowest cost
     * @param cost at that iteration, that of validation if there is one
     */
    public record Best(int iteration, double cost) {}

    /**
     * @param iterations updates done
     * @param evaluations of cost and gradient, that of the start included
     * @param reason why they were the last
     * @param cost after the last of them
     * @param accuracy after the last of them; null where predictions are not right or wrong
     * @param best lowest cost of all iterations, and where it was
     * @param seconds of training
     * @param examplesPerSecond over all of training, an example counted for each evaluation
     * @param millisecondsPerIteration over all of training, which begins with iteration 0
     * @param milliseconds of each phase of an iteration, over those of this process
     * @param tasks of each evaluation
     * @param parametersSha256 of the parameters in the model, or where it was stopped
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
     * What tasks compute in an iteration.
     *
     * @param milliseconds of all of them together
     * @param slowestMilliseconds of the slowest
     * @param stragglers how many times as long as the mean one the slowest takes
     */
    public record Tasks(double milliseconds, double slowestMilliseconds, Double stragglers) {

        /** What the ledger says. */
        public static Tasks of(Ledger.Times times) {
            return new Tasks(
                    rounded(times.taskMilliseconds()),
                    rounded(times.slowestTask()),
                    Double.isNaN(times.stragglers()) ? null : rounded(times.stragglers()));
        }
    }

    /** To four decimals: tenths of a microsecond. */
    private static double rounded(double milliseconds) {
        return Math.round(milliseconds * 1e4) / 1e4;
    }

    /** Milliseconds of phases by their names. */
    public static Map<String, Double> milliseconds(Ledger.Times times) {
        Map<String, Double> names = new LinkedHashMap<>();
        times.milliseconds().forEach((phase, milliseconds) -> names.put(ConstantName.of(phase), rounded(milliseconds)));
        return names;
    }

    /** The same run, ended by an error. */
    public RunRecord failed(String reason) {
        return with("failed", data, null, reason, diagnosis);
    }

    /** The same run, with all its iterations done. */
    public RunRecord finished(Result end) {
        return with("finished", data, end, null, diagnosis);
    }

    /** The same run, stopped before its end. */
    public RunRecord stopped(Result end) {
        return with("stopped", data, end, null, diagnosis);
    }

    /** The same run, with what was the matter with it. */
    public RunRecord diagnosed(List<Symptom> symptoms) {
        return with(status, data, result, error, symptoms);
    }

    /** The same run, with its data packed. */
    public RunRecord packed(String fingerprint) {
        Data known = new Data(
                data.source(), data.examples(), data.shards(), data.shardExamples(), data.validation(), fingerprint);
        return with(status, known, result, error, diagnosis);
    }

    private RunRecord with(String newStatus, Data newData, Result newResult, String newError, List<Symptom> symptoms) {
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

    /** What JSON says of a number that may be NaN, for which it has no word. */
    public static Double numberOrNull(double number) {
        return Double.isNaN(number) ? null : number;
    }
}
