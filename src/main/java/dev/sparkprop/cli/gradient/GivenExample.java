package dev.sparkprop.cli.gradient;

import dev.sparkprop.cli.options.TruthTable;
import dev.sparkprop.cli.options.UsageException;
import dev.sparkprop.data.Example;
import dev.sparkprop.data.TargetKind;
import dev.sparkprop.data.columns.Feature;
import dev.sparkprop.data.tables.LearnedData;
import dev.sparkprop.network.Loss;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.Topology;
import dev.sparkprop.spark.files.FeatureRow;
import dev.sparkprop.store.Model;
import dev.sparkprop.text.Label;
import dev.sparkprop.text.NumberText;
import dev.sparkprop.text.Words;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Options for one example, given in the format of data files. */
final class GivenExample {
    @Option(
            names = "--example",
            paramLabel = "X",
            required = true,
            split = ",",
            description = "Features of the example as in data files, such as 0,1 or 34,Paris,2024-05-01.")
    private List<String> features = List.of();

    @Option(
            names = "--target",
            paramLabel = "T",
            split = ",",
            description =
                    "Target of the example: one number per output, or the name of its class. Optional for rows of XOR, if"
                            + " the network has two inputs and one sigmoid output and was trained on generated data.")
    private List<String> targets = List.of();

    private static final String MISSING_TARGET = "Missing --target: the expected outputs for this example";

    private GivenExample() {}

    GivenExample(List<String> features, List<String> targets) {
        this.features = features;
        this.targets = targets;
    }

    /** Returns the example on the network's scale. */
    Example of(Model model) throws UsageException {
        if (model.data().isPresent() && !targets.isEmpty()) {
            return new Example(inputs(model.data().get()), targets(model), 1);
        }
        if (model.data().isPresent()) {
            throw new UsageException(MISSING_TARGET);
        }
        double[] x = numbers("--example", features, model.topology().inputs());
        double[] t = targets.isEmpty() ? exclusiveOr(x, model) : targets(model);
        return new Example(x, t, 1);
    }

    private double[] inputs(LearnedData data) throws UsageException {
        int count = data.encodings().readFeatures();
        if (features.size() != count) {
            throw new UsageException("Invalid --example: " + this + " (must be " + Words.count(count, "value")
                    + ", one per feature column: "
                    + data.encodings().features().stream().map(Feature::name).collect(Collectors.joining(", ")) + ")");
        }
        try {
            return FeatureRow.encode(data, features);
        } catch (IllegalArgumentException e) {
            throw new UsageException("Invalid --example: " + e.getMessage());
        }
    }

    private static double[] exclusiveOr(double[] x, Model model) throws UsageException {
        boolean row = Arrays.stream(x).allMatch(value -> value == 0 || value == 1);
        if (!row || !TruthTable.suits(model)) {
            throw new UsageException(MISSING_TARGET);
        }
        return new double[] {x[0] == x[1] ? 0 : 1};
    }

    private double[] targets(Model model) throws UsageException {
        Topology topology = model.topology();
        Optional<LearnedData> data = model.data();
        if (data.isPresent() && data.get().files().kind().labels()) {
            return classTargets(data.get(), topology.outputs());
        }
        double[] t = numbers("--target", targets, topology.outputs());
        if (topology.loss() != Loss.SQUARED_ERROR && !Arrays.stream(t).allMatch(TargetKind.FRACTIONS::allows)) {
            throw new UsageException("Invalid --target: " + text() + " (must be from 0 to 1)");
        }
        if (topology.output() == Output.SOFTMAX && Math.abs(Arrays.stream(t).sum() - 1) > 1e-6) {
            throw new UsageException("Invalid --target: " + text() + " (must sum to 1 over the classes)");
        }
        data.ifPresent(learnedData -> Arrays.setAll(t, o -> learnedData.target(o, t[o])));
        return t;
    }

    private double[] classTargets(LearnedData data, int outputs) throws UsageException {
        int number = data.classes().indexOf(Label.name(text()));
        if (number < 0) {
            throw new UsageException(
                    "Invalid --target: " + text() + " (must be one of " + String.join(", ", data.classes()) + ")");
        }
        double[] t = new double[outputs];
        if (data.files().kind() == TargetKind.TWO_CLASSES) {
            t[0] = number;
        } else {
            t[number] = 1;
        }
        return t;
    }

    private String text() {
        return String.join(",", targets);
    }

    private static double[] numbers(String option, List<String> texts, int count) throws UsageException {
        double[] numbers = texts.stream().mapToDouble(NumberText::parse).toArray();
        if (numbers.length != count || !Arrays.stream(numbers).allMatch(number -> Float.isFinite((float) number))) {
            throw new UsageException("Invalid " + option + ": " + String.join(",", texts) + " (must be "
                    + Words.count(count, "finite number") + ", one per "
                    + (option.equals("--example") ? "input)" : "output)"));
        }
        return numbers;
    }

    @Override
    public String toString() {
        return String.join(",", features);
    }
}
