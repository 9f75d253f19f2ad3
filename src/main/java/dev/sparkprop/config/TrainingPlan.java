package dev.sparkprop.config;

import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.network.Topology;
import dev.sparkprop.network.WeightInitializer;
import dev.sparkprop.optimizer.Optimizer;
import dev.sparkprop.training.Penalty;
import dev.sparkprop.training.Schedule;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A run as a configuration asks for it, checked.
 *
 * @param name of the run
 * @param seed of the initial parameters
 * @param topology of the net
 * @param initial how its parameters start
 * @param sourceName the configuration's word for the source
 * @param source of the examples, with as many features and targets as the net has inputs and outputs
 * @param sharding of the examples
 * @param partitions of Spark, if not left to it
 * @param penalty on large weights
 * @param optimizer that moves the parameters
 * @param schedule how long to train and what to log
 * @param kernels to compute with
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
        ExampleSource source,
        Sharding sharding,
        OptionalInt partitions,
        Penalty penalty,
        Optimizer optimizer,
        Schedule schedule,
        KernelSelection kernels,
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
}
