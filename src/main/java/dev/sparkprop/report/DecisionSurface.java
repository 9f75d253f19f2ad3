package dev.sparkprop.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sparkprop.data.Tile;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.network.Backpropagation;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.Topology;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The predictions of a network with two inputs on a square grid around its examples. The grid is the same at each
 * iteration.
 */
final class DecisionSurface {
    /** Number of grid points in each direction. The page interpolates between them. */
    private static final int SIZE = 64;

    /** Maximum number of classes. Each class needs its own colour. */
    private static final int MAX_CLASSES = 8;

    /**
     * Maximum number of parameters. Larger networks take too long for a page: a surface is computed by one thread, in
     * code that is mostly not yet compiled.
     */
    private static final int MAX_PARAMETERS = 20_000;

    /** Margin around the examples, as a fraction of their extent. */
    private static final double MARGIN = 0.25;

    private final Backpropagation net;
    private final int outputs;
    private final double[] low = new double[2];
    private final double[] high = new double[2];

    /**
     * Places the grid around the given points. Only the first two coordinates of each point are used. Without points,
     * the grid surrounds the unit square.
     */
    DecisionSurface(Topology topology, List<List<Float>> points) {
        // vector kernels are slow until they are compiled: these few tiles would take seconds instead of milliseconds
        net = new Backpropagation(topology, KernelSelection.SCALAR.kernels());
        outputs = topology.outputs();
        for (int axis = 0; axis < 2; axis++) {
            int coordinate = axis;
            double least =
                    points.stream().mapToDouble(p -> p.get(coordinate)).min().orElse(0);
            double greatest =
                    points.stream().mapToDouble(p -> p.get(coordinate)).max().orElse(1);
            double margin = greatest > least ? MARGIN * (greatest - least) : 1;
            low[axis] = least - margin;
            high[axis] = greatest + margin;
        }
    }

    /**
     * Returns true if a surface can be drawn: the network has two inputs, few enough parameters, and either one
     * sigmoid output or softmax outputs with a colour for each class.
     */
    static boolean suits(Topology topology) {
        return topology.inputs() == 2
                && topology.parameterCount() <= MAX_PARAMETERS
                && (topology.output() == Output.SIGMOID
                        ? topology.outputs() == 1
                        : topology.output() == Output.SOFTMAX && topology.outputs() <= MAX_CLASSES);
    }

    /** Adds the {@code size} of the grid and the corners of its square, {@code low} and {@code high}. */
    void writeTo(ObjectNode surface) {
        surface.put("size", SIZE);
        ArrayNode from = surface.putArray("low");
        ArrayNode to = surface.putArray("high");
        for (int axis = 0; axis < 2; axis++) {
            from.add(low[axis]);
            to.add(high[axis]);
        }
    }

    /**
     * Adds the predictions on the grid, row by row from the lowest, in Base64:
     *
     * <ul>
     * <li>{@code values}: the output or, if there are several, the largest of them. Two bytes, the higher one first,
     * map 0 to 1 onto 0 to 65535. With only 256 steps, the line where the output is one half would look jagged.
     * <li>{@code classes}: the index of the largest output in one byte, only if there are several outputs.
     * </ul>
     */
    void writeTo(ObjectNode frame, double[] parameters) {
        net.load(ParameterLayout.toFloat32(parameters));
        ByteBuffer values = ByteBuffer.allocate(SIZE * SIZE * Short.BYTES);
        byte[] classes = new byte[SIZE * SIZE];
        float[] features = new float[2 * Tile.EXAMPLES];
        float[] predictions = new float[outputs * Tile.EXAMPLES];
        for (int first = 0; first < classes.length; first += Tile.EXAMPLES) {
            for (int lane = 0; lane < Tile.EXAMPLES; lane++) {
                features[lane] = coordinate(0, (first + lane) % SIZE);
                features[lane + Tile.EXAMPLES] = coordinate(1, (first + lane) / SIZE);
            }
            net.predict(features, 0, predictions, 0);
            for (int lane = 0; lane < Tile.EXAMPLES; lane++) {
                // the largest prediction belongs to the largest pre-activation
                int largest = outputs == 1 ? 0 : Output.predictedClass(Tile.lane(predictions, outputs, lane));
                classes[first + lane] = (byte) largest;
                values.putShort((short) Math.round(0xFFFF * predictions[largest * Tile.EXAMPLES + lane]));
            }
        }
        frame.put("values", values.array());
        if (outputs > 1) {
            frame.put("classes", classes);
        }
    }

    private float coordinate(int axis, int step) {
        return (float) (low[axis] + (high[axis] - low[axis]) * step / (SIZE - 1));
    }
}
