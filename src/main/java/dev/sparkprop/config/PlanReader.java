package dev.sparkprop.config;

import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.data.Tile;
import dev.sparkprop.data.XorTruthTable;
import dev.sparkprop.kernel.Activation;
import dev.sparkprop.network.Loss;
import dev.sparkprop.network.Topology;
import dev.sparkprop.network.WeightInitializer;
import dev.sparkprop.optimizer.GradientDescent;
import dev.sparkprop.optimizer.Optimizer;
import dev.sparkprop.training.Schedule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes a plan of settings, or says all that is wrong with them. */
final class PlanReader {
    private static final List<String> SOURCES = List.of("xor");
    private static final List<String> OPTIMIZERS = List.of("gradient-descent");

    private final Settings settings;
    private final Path file;

    PlanReader(Settings settings, Path file) {
        this.settings = settings;
        this.file = file;
    }

    TrainingPlan read(String effective) throws InvalidConfigException {
        String name = name();
        long seed = settings.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE);
        Topology topology = topology();
        TrainingPlan.Initial initial = new TrainingPlan.Initial(
                settings.constant("network.initial.scheme", WeightInitializer.class),
                settings.positive("network.initial.scale"),
                initialFile());
        ExampleSource source = source();
        Sharding sharding = sharding(source);
        OptionalInt partitions = settings.integerOrAuto("data.partitions", 1, Integer.MAX_VALUE);
        Optimizer optimizer = optimizer();
        Schedule schedule = schedule();
        if (topology != null && source != null) {
            checkWidths(topology, source);
        }
        if (!settings.problems().isEmpty()) {
            throw new InvalidConfigException(settings.problems());
        }
        return new TrainingPlan(
                name,
                seed,
                topology,
                initial,
                settings.text("data.source"),
                source,
                sharding,
                partitions,
                optimizer,
                schedule,
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
                    "must be at most 100 letters, digits, dots, blanks, - or _, and begin with a letter or digit");
        }
        return name;
    }

    private Topology topology() {
        Activation hidden = settings.constant("network.hidden", Activation.class);
        Activation output = settings.constant("network.output", Activation.class);
        Loss loss = settings.constant("network.loss", Loss.class);
        if (output != Activation.SIGMOID) {
            settings.invalid("network.output", settings.text("network.output"), "must be sigmoid");
        }
        if (!settings.required("network.layers", "widths from the inputs to the outputs, such as [2, 2, 1]")) {
            return null;
        }
        int before = settings.problems().size();
        List<Integer> layers = settings.integers("network.layers", 1);
        if (settings.problems().size() > before) {
            return null;
        }
        try {
            return new Topology(layers, hidden, Activation.SIGMOID, loss);
        } catch (IllegalArgumentException e) {
            settings.problem(
                    settings.place("network.layers"),
                    e.getMessage().replace("Invalid layers", "Invalid network.layers"));
            return null;
        }
    }

    private Optional<String> initialFile() {
        String key = "network.initial.file";
        if (!settings.has(key)) {
            return Optional.empty();
        }
        String named = settings.text(key);
        if (named.contains(":") || settings.definingFile(key).isEmpty()) {
            return Optional.of(named);
        }
        return Optional.of(
                Path.of(settings.definingFile(key).get()).resolveSibling(named).toString());
    }

    private ExampleSource source() {
        if (!settings.required("data.source", "must be " + String.join(" or ", SOURCES))) {
            return null;
        }
        if (!SOURCES.contains(settings.text("data.source"))) {
            settings.invalid("data.source", settings.text("data.source"), "must be " + String.join(" or ", SOURCES));
            return null;
        }
        return new XorTruthTable(settings.integer("data.copies", 1, XorTruthTable.MAX_COPIES));
    }

    private Sharding sharding(ExampleSource source) {
        OptionalInt examples = settings.integerOrAuto("data.shard-examples", Tile.EXAMPLES, Integer.MAX_VALUE);
        if (source == null) {
            return null;
        }
        try {
            return examples.isPresent() ? new Sharding(source.examples(), examples.getAsInt()) : Sharding.of(source);
        } catch (IllegalArgumentException e) {
            settings.problem(
                    settings.place("data.shard-examples"),
                    e.getMessage().replace("Invalid shard-examples", "Invalid data.shard-examples"));
            return null;
        }
    }

    private Optimizer optimizer() {
        String name = settings.text("optimizer.name");
        if (!OPTIMIZERS.contains(name)) {
            settings.invalid("optimizer.name", name, "must be " + String.join(" or ", OPTIMIZERS));
        }
        return new GradientDescent(settings.positive("optimizer.learning-rate"));
    }

    private Schedule schedule() {
        int logEvery = (int) settings.integer("training.log-every", 1, Integer.MAX_VALUE);
        int logFirst = settings.has("training.log-first")
                ? (int) settings.integer("training.log-first", 1, Integer.MAX_VALUE)
                : logEvery;
        return new Schedule((int) settings.integer("training.iterations", 1, Integer.MAX_VALUE), logEvery, logFirst);
    }

    private void checkWidths(Topology topology, ExampleSource source) {
        if (topology.inputs() != source.features() || topology.outputs() != source.targets()) {
            settings.invalid(
                    "network.layers",
                    topology.layers(),
                    "must begin with " + source.features() + " and end with " + source.targets()
                            + ", the features and targets of data.source = " + settings.text("data.source"));
        }
    }
}
