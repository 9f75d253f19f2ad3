package dev.sparkprop.config;

import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.generated.Circles;
import dev.sparkprop.data.generated.NoisyXor;
import dev.sparkprop.data.generated.Parity;
import dev.sparkprop.data.generated.PlaneExamples;
import dev.sparkprop.data.generated.RandomExamples;
import dev.sparkprop.data.generated.RandomExamples.Targets;
import dev.sparkprop.data.generated.Spirals;
import dev.sparkprop.data.generated.XorTruthTable;
import dev.sparkprop.data.tables.FileFormat;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.Topology;
import dev.sparkprop.text.ConstantName;
import java.util.List;

/** Creates a generator of examples from the settings under {@code data}. */
final class GeneratedData {
    private static final List<String> NAMES = List.of("xor", "parity", "xor-noise", "circles", "spirals", "random");

    private final Settings settings;
    private final long seed;

    GeneratedData(Settings settings, long seed) {
        this.settings = settings;
        this.seed = settings.has("data.seed") ? settings.integer("data.seed", Long.MIN_VALUE, Long.MAX_VALUE) : seed;
    }

    /** Returns the generator. If the settings are invalid, records the problem and returns null. */
    ExampleSource source(Topology topology) {
        String allowed = "must be " + String.join(" or ", NAMES) + " or "
                + String.join(" or ", ConstantName.all(FileFormat.class));
        if (!settings.required("data.source", allowed)) {
            return null;
        }
        int problemsBefore = settings.problems().size();
        ExampleSource source = switch (settings.text("data.source")) {
            case "xor" -> new XorTruthTable(settings.integer("data.copies", 1, XorTruthTable.MAX_COPIES));
            case "parity" -> parity();
            case "xor-noise" -> new NoisyXor(examples(), noise(), settings.number("data.flip", 0, 1), seed);
            case "circles" -> new Circles(examples(), noise(), seed);
            case "spirals" -> new Spirals(examples(), noise(), settings.positive("data.turns"), seed);
            case "random" -> random(topology);
            default -> {
                settings.invalid("data.source", settings.text("data.source"), allowed);
                yield null;
            }
        };
        return settings.problems().size() > problemsBefore ? null : source;
    }

    private ExampleSource parity() {
        if (!settings.required("data.bits", "number of bits")) {
            return null;
        }
        return new Parity(
                (int) settings.integer("data.bits", 1, Parity.MAX_BITS),
                settings.integer("data.copies", 1, Parity.MAX_COPIES));
    }

    /** Returns examples with as many features and targets as the network has inputs and outputs. */
    private ExampleSource random(Topology topology) {
        long examples = examples();
        if (topology == null) {
            return null;
        }
        Targets targets = topology.output() == Output.SOFTMAX ? Targets.ONE_OF : Targets.INDEPENDENT;
        return new RandomExamples(topology.inputs(), topology.outputs(), targets, examples, seed);
    }

    private long examples() {
        boolean given = settings.required("data.examples", "number of examples to generate");
        return given ? settings.integer("data.examples", 1, PlaneExamples.MAX_EXAMPLES) : 1;
    }

    private double noise() {
        return settings.number("data.noise", 0, Double.POSITIVE_INFINITY);
    }
}
