package dev.sparkprop.network;

import dev.sparkprop.data.Example;
import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.Tile;
import dev.sparkprop.kernel.Activation;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Networks and examples drawn from a seed, for comparisons. */
public final class RandomNets {
    private RandomNets() {}

    public static Topology sigmoid(Integer... layers) {
        return of(Activation.SIGMOID, Output.SIGMOID, layers);
    }

    public static Topology of(Activation hidden, Output output, Integer... layers) {
        return new Topology(List.of(layers), hidden, output, Loss.of(output));
    }

    public static double[] parameters(Topology topology, long seed) {
        return WeightInitializer.NORMAL.parameters(new ParameterLayout(topology), seed, 1);
    }

    public static float[] rounded(double[] values) {
        return ParameterLayout.toFloat32(values);
    }

    public static double[] widened(float[] values) {
        double[] widened = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            widened[i] = values[i];
        }
        return widened;
    }

    /** An example source in memory. Features and targets are exactly representable as floats. */
    public record Rows(double[][] x, double[][] t, double[] weights) implements ExampleSource {
        public Rows(double[][] x, double[][] t) {
            this(x, t, new double[0]);
        }

        /**
         * Returns rows with normally distributed features. Sigmoid targets are 0 or 1, softmax targets have a single
         * 1, and linear targets are normally distributed.
         */
        public static Rows random(Topology topology, int examples, long seed) {
            Random random = new Random(seed);
            double[][] x = new double[examples][topology.inputs()];
            double[][] t = new double[examples][topology.outputs()];
            for (int e = 0; e < examples; e++) {
                for (int i = 0; i < x[e].length; i++) {
                    x[e][i] = (float) random.nextGaussian();
                }
                for (int o = 0; o < t[e].length; o++) {
                    t[e][o] = switch (topology.output()) {
                        case SIGMOID -> random.nextInt(2);
                        case SOFTMAX -> 0;
                        case LINEAR -> (float) random.nextGaussian();
                    };
                }
                if (topology.output() == Output.SOFTMAX) {
                    t[e][random.nextInt(t[e].length)] = 1;
                }
            }
            return new Rows(x, t);
        }

        /** Returns the rows as separate examples. */
        public List<Example> list() {
            return IntStream.range(0, x.length)
                    .mapToObj(e -> new Example(x[e], t[e], weightOf(e)))
                    .toList();
        }

        @Override
        public int features() {
            return x[0].length;
        }

        @Override
        public int targets() {
            return t[0].length;
        }

        @Override
        public long examples() {
            return x.length;
        }

        @Override
        public boolean weighted() {
            return weights.length > 0;
        }

        @Override
        public float weight(long example) {
            return (float) weightOf((int) example);
        }

        private double weightOf(int example) {
            return weighted() ? weights[example] : 1;
        }

        private double totalWeight() {
            return weighted() ? Arrays.stream(weights).sum() : x.length;
        }

        @Override
        public void write(long example, float[] features, int featureOffset, float[] targets, int targetOffset) {
            for (int i = 0; i < features(); i++) {
                features[featureOffset + i * Tile.EXAMPLES] = (float) x[(int) example][i];
            }
            for (int o = 0; o < targets(); o++) {
                targets[targetOffset + o * Tile.EXAMPLES] = (float) t[(int) example][o];
            }
        }
    }

    /** Returns the mean loss over the rows, computed by {@link ReferenceNetwork}. */
    public static double cost(Topology topology, double[] parameters, Rows rows) {
        ReferenceNetwork net = new ReferenceNetwork(topology, parameters);
        double cost = 0;
        for (int e = 0; e < rows.x().length; e++) {
            double[][] z = net.forward(rows.x()[e]);
            cost += rows.weightOf(e) * net.loss(z[z.length - 1], rows.t()[e]);
        }
        return cost / rows.totalWeight();
    }

    /** Returns the gradient of the mean loss over the rows, computed by {@link ReferenceNetwork}. */
    public static double[] gradient(Topology topology, double[] parameters, Rows rows) {
        ReferenceNetwork net = new ReferenceNetwork(topology, parameters);
        double[] gradient = new double[parameters.length];
        for (int e = 0; e < rows.x().length; e++) {
            double[] one = new double[parameters.length];
            net.backward(rows.x()[e], net.forward(rows.x()[e]), rows.t()[e], one);
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += rows.weightOf(e) * one[i];
            }
        }
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] /= rows.totalWeight();
        }
        return gradient;
    }

    /** Returns the Euclidean norm of a − b, divided by that of b. */
    public static double relativeDistance(double[] a, double[] b) {
        double distance = 0;
        double norm = 0;
        for (int i = 0; i < a.length; i++) {
            distance += (a[i] - b[i]) * (a[i] - b[i]);
            norm += b[i] * b[i];
        }
        return Math.sqrt(distance / norm);
    }
}
