package dev.sparkprop.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sparkprop.kernel.Activation;
import dev.sparkprop.optimizer.Adam;
import dev.sparkprop.optimizer.Descent;
import dev.sparkprop.optimizer.GradientDescent;
import dev.sparkprop.optimizer.LearningRate;
import dev.sparkprop.optimizer.Momentum;
import dev.sparkprop.optimizer.Nesterov;
import dev.sparkprop.optimizer.Optimizer;
import dev.sparkprop.optimizer.UpdateRule;
import dev.sparkprop.text.ConstantName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** A training that PyTorch's autograd computed in float64. {@code costs[n]} is the cost after n updates. */
public record GoldenTrajectory(
        Topology topology,
        double l2,
        Optimizer optimizer,
        RandomNets.Rows rows,
        double[] initial,
        double[] firstGradient,
        double[] costs,
        double[] last) {

    /** Returns the names of all trajectories. */
    public static List<String> names() {
        return List.of(
                "xor-logistic-gd",
                "xor-2-2-1-gd",
                "xor-wide-2-10-1-gd",
                "xor-deep-2-10-10-10-1-gd",
                "relu-5-16-8-1-squared-momentum",
                "sigmoid-6-9-1-adam",
                "tanh-4-8-3-softmax-gd-l2",
                "tanh-4-8-3-softmax-weighted",
                "tanh-6-12-1-nesterov");
    }

    public static GoldenTrajectory read(String name) {
        try (InputStream in = GoldenTrajectory.class.getResourceAsStream("/golden/" + name + ".json")) {
            JsonNode json = new ObjectMapper().readTree(in);
            List<Integer> layers = new ArrayList<>();
            json.get("layers").forEach(width -> layers.add(width.intValue()));
            Topology topology = new Topology(
                    layers,
                    constant(Activation.class, json.get("hidden")),
                    constant(Output.class, json.get("output")),
                    constant(Loss.class, json.get("loss")));
            return new GoldenTrajectory(
                    topology,
                    json.get("l2").doubleValue(),
                    optimizer(json.get("optimizer")),
                    new RandomNets.Rows(
                            matrix(json.get("features")),
                            matrix(json.get("targets")),
                            json.has("exampleWeights") ? vector(json.get("exampleWeights")) : new double[0]),
                    flat(topology, json.get("initial")),
                    flat(topology, json.get("firstGradient")),
                    vector(json.get("costs")),
                    flat(topology, json.get("final")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode name) {
        return ConstantName.parse(type, name.textValue()).orElseThrow();
    }

    private static Optimizer optimizer(JsonNode json) {
        UpdateRule rule = switch (json.get("name").textValue()) {
            case "gradient-descent" -> new GradientDescent();
            case "momentum" -> new Momentum(json.get("momentum").doubleValue());
            case "nesterov" -> new Nesterov(json.get("momentum").doubleValue());
            case "adam" ->
                new Adam(
                        json.get("beta1").doubleValue(),
                        json.get("beta2").doubleValue(),
                        json.get("epsilon").doubleValue());
            default -> throw new IllegalArgumentException(json.toString());
        };
        double rate = json.get("learningRate").doubleValue();
        return new Descent(rule, LearningRate.constant(rate), OptionalDouble.empty());
    }

    private static double[] flat(Topology topology, JsonNode tensors) {
        ParameterLayout layout = new ParameterLayout(topology);
        double[] flat = new double[layout.size()];
        for (ParameterLayout.Tensor tensor : layout.tensors()) {
            int at = tensor.offset();
            for (JsonNode row : tensors.get(tensor.name())) {
                for (double value : row.isArray() ? vector(row) : new double[] {row.doubleValue()}) {
                    flat[at++] = value;
                }
            }
        }
        return flat;
    }

    private static double[][] matrix(JsonNode rows) {
        double[][] matrix = new double[rows.size()][];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = vector(rows.get(i));
        }
        return matrix;
    }

    private static double[] vector(JsonNode numbers) {
        double[] vector = new double[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = numbers.get(i).doubleValue();
        }
        return vector;
    }
}
