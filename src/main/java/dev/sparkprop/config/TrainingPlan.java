package dev.sparkprop.config;

import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.FileData;
import dev.sparkprop.data.PartOfExamples;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.evaluation.Batches;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.Topology;
import dev.sparkprop.network.WeightInitializer;
import dev.sparkprop.optimizer.Optimizer;
import dev.sparkprop.training.Engine;
import dev.sparkprop.training.Penalty;
import dev.sparkprop.training.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A run as a configuration asks for it, checked.
 *
 * @param name of the run
 * @param seed of the initial parameters, and of the order of examples in batches
 * @param topology of the net
 * @param initial how its parameters start
 * @param sourceName the configuration's word for the source
 * @param data where examples come from
 * @param partitions of Spark, if not left to it
 * @param validation of what is learned
 * @param penalty on large weights
 * @param optimizer that moves the parameters
 * @param batch examples in an iteration, if not all
 * @param schedule how long to train and what to log
 * @param kernels to compute with
 * @param engine that evaluates
 * @param keepCheckpoints generations of checkpoints that stay
 * @param startTimeout how long to wait for executors
 * @param decisive the settings that decide the bits of the run, by key: those with which it may be resumed
 * @param effective the whole configuration with all defaults, as JSON
 */
public record TrainingPlan(
        String name,
        long seed,
        Topology topology,
        Initial initial,
        String sourceName,
        Data data,
        OptionalInt partitions,
        Validating validation,
        Penalty penalty,
        Optimizer optimizer,
        OptionalInt batch,
        Schedule schedule,
        KernelSelection kernels,
        Engine engine,
        int keepCheckpoints,
        Duration startTimeout,
        Map<String, String> decisive,
        String effective) {

    /**
     * How parameters start.
     *
     * @param scheme that draws them, unless there is a file
     * @param scale factor on what is drawn
     * @param file that holds them
     */
    public record Initial(WeightInitializer scheme, double scale, Optional<String> file) {}

    /**
     * Examples to validate with.
     *
     * @param fraction of all examples that is held out; 0 for none
     * @param paths of files with other examples; none if a part is held out, or nothing is validated
     * @param every iterations between two validations; if empty, 1, or an epoch's
     */
    public record Validating(double fraction, List<String> paths, OptionalInt every) {}

    /** Where examples come from. */
    public sealed interface Data permits Generated, Files {}

    /**
     * Examples that are made when they are wanted.
     *
     * @param source with as many features and targets as the net has inputs and outputs
     * @param sharding of the examples
     */
    public record Generated(ExampleSource source, Sharding sharding) implements Data {
        /** The examples that are held out, if any are. */
        public Optional<ExampleSource> heldOut() {
            return source instanceof PartOfExamples training
                    ? Optional.of(new PartOfExamples(
                            training.source(), training.part().other()))
                    : Optional.empty();
        }
    }

    /**
     * Examples in files.
     *
     * @param files with as many features and targets as the net has inputs and outputs, which is found out when they are read
     * @param shardExamples examples in a shard, if not left to the usual rule
     */
    public record Files(FileData files, OptionalInt shardExamples) implements Data {}

    /** What each iteration is over, of so many examples. */
    public Batches batches(long examples) {
        return batch.isPresent() ? new Batches(examples, batch.getAsInt(), seed) : Batches.all(examples);
    }

    /** Parameters as the scheme draws them, in their layout. */
    public double[] drawnParameters() {
        return initial.scheme().parameters(new ParameterLayout(topology), seed, initial.scale());
    }

    /**
     * Iterations between two validations, of so many examples to learn from.
     *
     * @throws InvalidConfigException if there would be none after the first
     */
    public long validateEvery(long examples) throws InvalidConfigException {
        long every = validation.every().isPresent()
                ? validation.every().getAsInt()
                : batches(examples).perEpoch();
        if (every > schedule.iterations()) {
            throw new InvalidConfigException(List.of("Invalid training.validate-every: " + every
                    + " iterations, an epoch (must be at most training.iterations = " + schedule.iterations()
                    + "; give a number)"));
        }
        return every;
    }

    /** The examples of a plan that generates them. */
    public Optional<Generated> generated() {
        return data instanceof Generated generated ? Optional.of(generated) : Optional.empty();
    }
}
