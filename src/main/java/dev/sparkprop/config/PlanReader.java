package dev.sparkprop.config;

import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.InvalidValueException;
import dev.sparkprop.data.Part;
import dev.sparkprop.data.PartOfExamples;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.data.Tile;
import dev.sparkprop.kernel.Activation;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.network.Loss;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.Topology;
import dev.sparkprop.network.WeightInitializer;
import dev.sparkprop.optimizer.Optimizer;
import dev.sparkprop.training.Engine;
import dev.sparkprop.training.Penalty;
import dev.sparkprop.training.Schedule;
import dev.sparkprop.training.StopRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Creates a plan from settings, or reports all problems in them. */
final class PlanReader {
    /**
     * Maximum number of partitions. Spark's driver keeps a record of each task, and a task without work costs as much
     * as any other.
     */
    private static final int MAX_PARTITIONS = 100_000;

    private static final int MAX_CHECKPOINTS = 100_000;

    private final Settings settings;
    private final LayerSettings layers;
    private final Path file;

    PlanReader(Settings settings, Path file) {
        this.settings = settings;
        this.layers = new LayerSettings(settings);
        this.file = file;
    }

    TrainingPlan read(Map<String, String> decisive, String effective) throws InvalidConfigException {
        String name = name();
        long seed = settings.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE);
        Topology topology = topology();
        TrainingPlan.Initial initial = new TrainingPlan.Initial(
                settings.constant("network.initial.scheme", WeightInitializer.class),
                settings.positive("network.initial.scale"),
                initialFile());
        OptionalInt batch = settings.integerOr("full", "training.batch", 1, Integer.MAX_VALUE);
        TrainingPlan.ValidationSettings validation = validation();
        TrainingPlan.Data data = data(topology, seed, batch, validation.fraction());
        OptionalInt partitions = settings.integerOrAuto("data.partitions", 1, MAX_PARTITIONS);
        Penalty penalty = new Penalty(
                settings.number("network.l2", 0, Double.POSITIVE_INFINITY),
                settings.number("network.l1", 0, Double.POSITIVE_INFINITY));
        Optimizer optimizer = new OptimizerReader(settings).read(penalty, batch);
        Schedule schedule = schedule();
        if (validation.interval().orElse(1) > schedule.iterations()) {
            settings.invalid(
                    "training.validate-every", validation.interval().getAsInt(), "must be at most training.iterations");
        }
        KernelSelection kernels = settings.constant("sparkprop.kernels", KernelSelection.class);
        Engine engine = settings.constant("sparkprop.engine", Engine.class);
        int keepCheckpoints = (int) settings.integer("training.keep-checkpoints", 2, MAX_CHECKPOINTS);
        Duration startTimeout = settings.duration("training.start-timeout", Duration.ofSeconds(1), Duration.ofDays(7));
        if (!settings.problems().isEmpty()) {
            throw new InvalidConfigException(settings.problems());
        }
        return new TrainingPlan(
                name,
                seed,
                topology,
                initial,
                settings.text("data.source"),
                data,
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
                effective);
    }

    private String name() {
        String name = settings.has("name")
                ? settings.text("name")
                : file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._ -]{0,99}")) {
            settings.invalid(
                    "name",
                    name,
                    "must be at most 100 letters, digits, dots, blanks, - or _, and start with a letter or digit");
        }
        return name;
    }

    private Topology topology() {
        List<Activation> hidden = settings.constants("network.hidden", Activation.class);
        Output output = settings.constant("network.output", Output.class);
        Loss loss = settings.has("network.loss") ? settings.constant("network.loss", Loss.class) : Loss.of(output);
        if (!settings.required("network.layers", "widths from the inputs to the outputs, such as [2, 2, 1]")) {
            return null;
        }
        int problemsBefore = settings.problems().size();
        List<Integer> widths = layers.widths();
        if (settings.problems().size() > problemsBefore) {
            return null;
        }
        try {
            return hidden.size() == 1
                    ? new Topology(widths, hidden.get(0), output, loss)
                    : new Topology(widths, hidden, output, loss);
        } catch (InvalidValueException e) {
            settings.problem(settings.place("network." + e.property()), e.messageIn("network"));
            return null;
        }
    }

    private Optional<String> initialFile() {
        String key = "network.initial.file";
        if (!settings.has(key)) {
            return Optional.empty();
        }
        return Optional.of(settings.path(key));
    }

    private TrainingPlan.ValidationSettings validation() {
        String fraction = "data.validation.fraction";
        String path = "data.validation.path";
        List<String> paths = settings.has(path) ? settings.paths(path) : List.of();
        double heldOut = settings.has(fraction)
                ? settings.number(
                        fraction,
                        value -> value > 0 && value <= Part.MAX_FRACTION,
                        Part.MAX_FRACTION,
                        "must be a number > 0 and <= " + Part.MAX_FRACTION)
                : 0;
        if (settings.has(path) && settings.has(fraction)) {
            settings.invalid(fraction, heldOut, "must not be set together with data.validation.path");
        }
        if (settings.has(path) && !FileSettings.name(settings)) {
            settings.invalid(path, settings.text(path), "must not be set for generated data");
        }
        return new TrainingPlan.ValidationSettings(
                heldOut, paths, settings.integerOrAuto("training.validate-every", 1, Integer.MAX_VALUE));
    }

    private TrainingPlan.Data data(Topology topology, long seed, OptionalInt batch, double heldOut) {
        OptionalInt shardExamples = settings.integerOrAuto("data.shard-examples", Tile.EXAMPLES, Integer.MAX_VALUE);
        if (FileSettings.name(settings)) {
            // the number of examples is not known yet, but the size of one example is
            long bytes = topology == null ? 1 : (long) Float.BYTES * (topology.inputs() + topology.outputs());
            sharding(1, bytes, shardExamples, batch);
            return new TrainingPlan.Files(new FileSettings(settings).files(topology, inputs(topology)), shardExamples);
        }
        if (layers.autoInputs()) {
            settings.invalid("network.layers", "auto", "must start with a number for generated data");
        }
        ExampleSource source = new GeneratedData(settings, seed).source(topology);
        if (topology != null && source != null) {
            checkWidths(topology, source);
        }
        ExampleSource training = source == null || heldOut == 0 ? source : training(source, heldOut, seed);
        return new TrainingPlan.Generated(
                training,
                training == null
                        ? null
                        : sharding(training.examples(), training.bytesPerExample(), shardExamples, batch));
    }

    private ExampleSource training(ExampleSource source, double heldOut, long seed) {
        Part part = new Part(source.examples(), heldOut, seed, false);
        if (part.examples() == 0 || part.other().examples() == 0) {
            settings.invalid(
                    "data.validation.fraction",
                    heldOut,
                    "must leave some of " + source.examples() + " examples for training and some for validation");
            return null;
        }
        return new PartOfExamples(source, part);
    }

    private Sharding sharding(long examples, long bytesPerExample, OptionalInt shardExamples, OptionalInt batch) {
        try {
            return Sharding.of(examples, bytesPerExample, shardExamples, batch);
        } catch (InvalidValueException e) {
            settings.problem(settings.place("data." + e.property()), e.messageIn("data"));
            return null;
        }
    }

    private Schedule schedule() {
        int logEvery = (int) settings.integer("training.log-every", 1, Integer.MAX_VALUE);
        int logFirst = settings.has("training.log-first")
                ? (int) settings.integer("training.log-first", 1, Integer.MAX_VALUE)
                : logEvery;
        OptionalInt checkpointEvery = settings.integerOrAuto("training.checkpoint-every", 1, Integer.MAX_VALUE);
        int iterations = (int) settings.integer("training.iterations", 1, Integer.MAX_VALUE);
        return new Schedule(iterations, logEvery, logFirst, checkpointEvery, stopRules());
    }

    private StopRules stopRules() {
        String cost = "training.stop.target-cost";
        String gradient = "training.stop.gradient-norm";
        String patience = "training.stop.patience";
        String time = "training.stop.max-time";
        return new StopRules(
                settings.has(cost)
                        ? OptionalDouble.of(settings.number(cost, 0, Double.POSITIVE_INFINITY))
                        : OptionalDouble.empty(),
                settings.has(gradient)
                        ? OptionalDouble.of(settings.number(gradient, 0, Double.POSITIVE_INFINITY))
                        : OptionalDouble.empty(),
                settings.has(patience)
                        ? OptionalInt.of((int) settings.integer(patience, 1, Integer.MAX_VALUE))
                        : OptionalInt.empty(),
                settings.number("training.stop.min-delta", 0, Double.POSITIVE_INFINITY),
                settings.has(time)
                        ? Optional.of(settings.duration(time, Duration.ofSeconds(1), Duration.ofDays(365)))
                        : Optional.empty());
    }

    private OptionalInt inputs(Topology topology) {
        return topology == null || layers.autoInputs() ? OptionalInt.empty() : OptionalInt.of(topology.inputs());
    }

    private void checkWidths(Topology topology, ExampleSource source) {
        if (topology.inputs() != source.features() || topology.outputs() != source.targets()) {
            settings.invalid(
                    "network.layers",
                    topology.layers(),
                    "must start with " + source.features() + " and end with " + source.targets()
                            + ", the features and targets of data.source = " + settings.text("data.source"));
        }
    }
}
