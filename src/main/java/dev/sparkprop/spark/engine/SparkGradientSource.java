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

/** Computes costs and gradients over a {@link ShardedDataset}. The entry point to both engines. */
public final class SparkGradientSource implements GradientSource, AutoCloseable {
    private final ResidentEngine resident;
    private final FallbackGradientSource fallback;
    private final GradientSource evaluations;

    /**
     * Creates a source over a dataset.
     *
     * @param requestedEngine the engine that the configuration requests
     * @param ledger records the time of evaluations
     * @param warnings receives a line when the source switches from resident tasks to jobs
     * @throws ResultSizeException if Spark's limit does not allow the driver to collect the sums
     */
    public SparkGradientSource(
            Engine requestedEngine,
            JavaSparkContext context,
            ShardedDataset dataset,
            Topology topology,
            KernelSelection kernels,
            Ledger ledger,
            Consumer<String> warnings) {
        Summation summation = new Summation(context, dataset, topology, kernels, ledger);
        long directBytes = ResultSize.directBytes(context, dataset, topology);
        resident = new ResidentEngine(context, dataset, summation);
        fallback = new FallbackGradientSource(
                reasonForJobs(requestedEngine, context, topology, directBytes),
                resident,
                jobs(context, dataset, summation, directBytes),
                warnings);
        evaluations = new TimedGradientSource(fallback, ledger);
    }

    /**
     * Returns a source that runs one job per evaluation, without recording times.
     *
     * @throws ResultSizeException if Spark's limit does not allow the driver to collect the sums
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
            Engine requestedEngine, JavaSparkContext context, Topology topology, long directBytes) {
        if (requestedEngine == Engine.JOBS) {
            return Optional.of("sparkprop.engine = jobs");
        }
        // jobs combine large sums on the executors
        long bytes = (long) TaskSlots.of(context) * topology.parameterCount() * Double.BYTES;
        if (requestedEngine == Engine.AUTO && bytes > directBytes && !context.isLocal()) {
            return Optional.of("the sums of all cores take " + (bytes >> 20) + " MiB");
        }
        return Optional.empty();
    }

    /** Returns a description of how evaluations run and why. */
    public String description() {
        return fallback.reasonForJobs()
                .map(reason -> "one job per evaluation (" + reason + ")")
                .orElse("resident tasks");
    }

    @Override
    public long examples() {
        return evaluations.examples();
    }

    @Override
    public List<CostAndGradient> evaluate(Request request) {
        return evaluations.evaluate(request);
    }

    /**
     * Wraps a source that runs Spark jobs, so that this source's resident tasks free their cores before each of its
     * evaluations.
     */
    public GradientSource releasingBefore(GradientSource other) {
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

    /** Returns true if a user cancelled a job in Spark's user interface, which should end the run. */
    public boolean cancelled() {
        return fallback.cancelled();
    }

    /** Ends the resident tasks to free their cores for other jobs. The next evaluation starts them again. */
    public void release() {
        resident.release();
    }

    @Override
    public void close() {
        release();
    }
}
