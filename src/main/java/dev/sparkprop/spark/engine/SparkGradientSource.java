package dev.sparkprop.spark.engine;

import dev.sparkprop.evaluation.GradientSource;
import dev.sparkprop.evaluation.Request;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.network.Topology;
import dev.sparkprop.optimizer.CostAndGradient;
import dev.sparkprop.spark.dataset.ShardedDataset;
import dev.sparkprop.spark.dataset.TaskSlots;
import dev.sparkprop.training.Engine;
import dev.sparkprop.training.Ledger;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/** Costs and gradients over a {@link ShardedDataset}: the door to both engines. */
public final class SparkGradientSource implements GradientSource, AutoCloseable {
    /** From this number on, if tasks run in other processes, a broadcast and the results of a job are as fast as resident tasks. */
    private static final int MANY_PARAMETERS = 1_000_000;

    private final ResidentEngine resident;
    private final FallbackGradientSource fallback;
    private final GradientSource evaluations;

    /**
     * Evaluates over a dataset.
     *
     * @param wanted whether tasks should stay from one evaluation to the next
     * @param ledger in which the time of evaluations is booked
     * @param warnings receives a line when tasks cannot stay any longer
     * @throws ResultSizeException if Spark would not let the driver collect the sums
     */
    public SparkGradientSource(
            Engine wanted,
            JavaSparkContext context,
            ShardedDataset dataset,
            Topology topology,
            KernelSelection kernels,
            Ledger ledger,
            Consumer<String> warnings) {
        Summation summation = new Summation(context, dataset, topology, kernels, ledger);
        resident = new ResidentEngine(context, dataset, summation);
        fallback = new FallbackGradientSource(
                reasonForJobs(wanted, context, dataset, topology),
                resident,
                jobs(context, dataset, summation, ResultSize.directBytes(context, dataset, topology)),
                warnings);
        evaluations = new TimedGradientSource(fallback, ledger);
    }

    /**
     * Evaluates over a dataset with one job per evaluation, without recording times.
     *
     * @throws ResultSizeException if Spark would not let the driver collect the sums
     */
    public static GradientSource jobs(
            JavaSparkContext context, ShardedDataset dataset, Topology topology, KernelSelection kernels) {
        return jobs(
                context,
                dataset,
                new Summation(context, dataset, topology, kernels, new Ledger()),
                ResultSize.directBytes(context, dataset, topology));
    }

    static GradientSource jobs(
            JavaSparkContext context, ShardedDataset dataset, Summation summation, long directBytes) {
        return new ExplainedGradientSource(
                new JobGradientSource(context, dataset, summation, directBytes), dataset.partitioning());
    }

    private static Optional<String> reasonForJobs(
            Engine wanted, JavaSparkContext context, ShardedDataset dataset, Topology topology) {
        if (wanted == Engine.JOBS) {
            return Optional.of("sparkprop.engine says so");
        }
        int cores = TaskSlots.of(context);
        if (dataset.partitions() > cores) {
            return Optional.of(dataset.partitions() + " partitions do not find a core each");
        }
        if (wanted == Engine.AUTO && topology.parameterCount() > MANY_PARAMETERS && !context.isLocal()) {
            return Optional.of(topology.parameterCount() + " parameters are as fast so");
        }
        return Optional.empty();
    }

    /** How evaluations are done, and why. */
    public String description() {
        return fallback.reasonForJobs()
                .map(reason -> "each evaluation is a job, because " + reason)
                .orElse("tasks stay from one evaluation to the next");
    }

    @Override
    public long examples() {
        return evaluations.examples();
    }

    @Override
    public List<CostAndGradient> evaluate(Request request) {
        return evaluations.evaluate(request);
    }

    /** Another source of Spark jobs; the resident tasks of this one free their cores before each of its evaluations. */
    public GradientSource beside(GradientSource other) {
        return new GradientSource() {
            @Override
            public long examples() {
                return other.examples();
            }

            @Override
            public List<CostAndGradient> evaluate(Request request) {
                release();
                return other.evaluate(request);
            }
        };
    }

    /** Whether a user cancelled a job in Spark's user interface, which is to end the training. */
    public boolean cancelled() {
        return fallback.cancelled();
    }

    /** Lets resident tasks end, so that other jobs can have their cores; the next evaluation starts them again. */
    public void release() {
        resident.release();
    }

    @Override
    public void close() {
        release();
    }
}
