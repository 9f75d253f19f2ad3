package dev.sparkprop.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.PartOfExamples;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.data.tables.FileData;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A validated training configuration.
 *
 * @param name the name of the run
 * @param seed the seed of the initial parameters, of the order of examples in batches, and of the examples held out
 *     for validation
 * @param topology the topology of the network; its number of inputs is 1 while it is unknown
 * @param initial how to initialize the parameters
 * @param sourceName the value of {@code data.source}
 * @param data the source of the examples
 * @param partitions the number of Spark partitions; empty to choose it automatically
 * @param validation the validation examples
 * @param penalty the penalty on large weights
 * @param optimizer the optimizer
 * @param batch the number of examples per iteration; empty for all
 * @param schedule how long to train and what to log
 * @param kernels the kernels to compute with
 * @param engine the engine that evaluates costs and gradients
 * @param keepCheckpoints the number of checkpoints to keep
 * @param startTimeout how long to wait for executors
 * @param decisive the settings that determine the bits of the result, by key; a run can be resumed only with the same
 *     ones
 * @param effective the whole configuration including all defaults, as JSON
 */
public record TrainingPlan(
        String name,
        long seed,
        Topology topology,
        Initial initial,
        String sourceName,
        Data data,
        OptionalInt partitions,
        ValidationSettings validation,
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
     * How to initialize the parameters.
     *
     * @param scheme the distribution of random parameters, used if there is no file
     * @param scale the factor for random parameters
     * @param file the file to read the parameters from
     */
    public record Initial(WeightInitializer scheme, double scale, Optional<String> file) {}

    /**
     * The examples to validate with.
     *
     * @param fraction the fraction of the examples to hold out; 0 for none
     * @param paths the files with validation examples; empty if a fraction is held out or there is no validation
     * @param interval the number of iterations between validations; if empty, the number per epoch, which is 1 without
     *     batches
     */
    public record ValidationSettings(double fraction, List<String> paths, OptionalInt interval) {}

    /** The source of the examples. */
    public sealed interface Data permits Generated, Files {}

    /**
     * Examples that are generated on demand.
     *
     * @param source the training examples, with as many features and targets as the network has inputs and outputs
     * @param sharding how the training examples are divided into shards
     */
    public record Generated(ExampleSource source, Sharding sharding) implements Data {
        /** Returns the held-out examples, if any. */
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
     * @param files the files, which must have as many features and targets as the network has inputs and outputs;
     *     this is checked when they are read
     * @param shardExamples the number of examples per shard; empty to choose it automatically
     */
    public record Files(FileData files, OptionalInt shardExamples) implements Data {}

    /** Returns true if the number of inputs follows from the files, which have not been read yet. */
    public boolean hasUnknownInputs() {
        return data instanceof Files inFiles && inFiles.files().inputs().isEmpty();
    }

    /**
     * Returns a copy with the given number of inputs.
     *
     * @throws dev.sparkprop.data.InvalidValueException if the network is then too large
     */
    public TrainingPlan withInputs(int inputs) {
        List<Integer> layers = new ArrayList<>(topology.layers());
        layers.set(0, inputs);
        Files inFiles = (Files) data;
        return new TrainingPlan(
                name,
                seed,
                new Topology(layers, topology.hidden(), topology.output(), topology.loss()),
                initial,
                sourceName,
                new Files(inFiles.files().withInputs(inputs), inFiles.shardExamples()),
                partitions,
                validation,
                penalty,
                optimizer,
                batch,
                schedule,
                kernels,
                engine,
                keepCheckpoints,
                startTimeout,
                decisive,
                ConfigFactory.parseString(effective)
                        .withValue("network.layers", ConfigValueFactory.fromIterable(layers))
                        .root()
                        .render(ConfigRenderOptions.concise()));
    }

    /** Returns the batches for the given number of examples. */
    public Batches batches(long examples) {
        return batch.isPresent() ? new Batches(examples, batch.getAsInt(), seed) : Batches.all(examples);
    }

    /** Returns the initial parameters that the scheme draws, in their layout. */
    public double[] drawnParameters() {
        return initial.scheme().parameters(new ParameterLayout(topology), seed, initial.scale());
    }

    /**
     * Returns the number of iterations between validations, for the given number of training examples.
     *
     * @throws InvalidConfigException if the run has fewer iterations
     */
    public long validateEvery(long examples) throws InvalidConfigException {
        long interval = validation.interval().isPresent()
                ? validation.interval().getAsInt()
                : batches(examples).perEpoch();
        if (interval > schedule.iterations()) {
            throw new InvalidConfigException(List.of("Invalid training.validate-every: " + interval
                    + " iterations, one epoch (must be at most training.iterations = " + schedule.iterations()
                    + "; give a number)"));
        }
        return interval;
    }

    /** Returns the generated examples, or empty if the plan reads files. */
    public Optional<Generated> generated() {
        return data instanceof Generated generated ? Optional.of(generated) : Optional.empty();
    }
}
