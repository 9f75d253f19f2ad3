package dev.sparkprop.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A training computed in float64 by PyTorch's autograd: {@code costs[n]} is the cost after n updates. */
public record GoldenTrajectory(
        Topology topology,
        double learningRate,
        RandomNets.Rows rows,
        double[] initial,
        double[] firstGradient,
        double[] costs,
        double[] last) {

    public static GoldenTrajectory read(String name) {
        try (InputStream in = GoldenTrajectory.class.getResourceAsStream("/golden/" + name + ".json")) {
            JsonNode json = new ObjectMapper().readTree(in);
            List<Integer> layers = new ArrayList<>();
            json.get("layers").forEach(width -> layers.add(width.intValue()));
            Topology topology = RandomNets.sigmoid(layers.toArray(Integer[]::new));
            return new GoldenTrajectory(
                    topology,
                    json.get("optimizer").get("learningRate").doubleValue(),
                    new RandomNets.Rows(matrix(json.get("features")), matrix(json.get("targets"))),
                    flat(topology, json.get("initial")),
                    flat(topology, json.get("firstGradient")),
                    vector(json.get("costs")),
                    flat(topology, json.get("final")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
