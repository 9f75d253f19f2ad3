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

/** What a net with two inputs says of a square grid of the plane round its examples, the same square at each iteration. */
final class DecisionSurface {
    /** Points of the grid in either direction: a line between two of them is drawn by interpolation. */
    private static final int SIZE = 64;

    /** Colours that are told apart. */
    private static final int MAX_CLASSES = 8;

    /** With more of them a surface, of one thread and in code that is hardly compiled, takes longer than anybody waits for a page. */
    private static final int MAX_PARAMETERS = 20_000;

    /** How far the square goes beyond the examples, as a share of their extent. */
    private static final double MARGIN = 0.25;

    private final Backpropagation net;
    private final int outputs;
    private final double[] low = new double[2];
    private final double[] high = new double[2];

    /** The square round these points, each of two coordinates and something else; round the corners of the unit square if there are none. */
    DecisionSurface(Topology topology, List<List<Float>> points) {
        // vector kernels are slow until they are compiled, which so few tiles are not worth: seconds instead of
        // milliseconds
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

    /** Whether there is such a surface: of two inputs, and classes of which each has a colour, soon computed. */
    static boolean suits(Topology topology) {
        return topology.inputs() == 2
                && topology.parameterCount() <= MAX_PARAMETERS
                && (topology.output() == Output.SIGMOID
                        ? topology.outputs() == 1
                        : topology.output() == Output.SOFTMAX && topology.outputs() <= MAX_CLASSES);
    }

    /** Adds the {@code size} of the grid, and {@code low} and {@code high}, the corners of the square. */
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
     * Adds, row by row from the lowest, {@code values}: of one output a, and of several the largest of them, 0 to 65535 for 0 to 1 in
     * two bytes, the higher one first (of 256 steps one would see the corners in the line where a is one half); of several also {@code
     * classes}, the numbers of these outputs in a byte. Both are in Base64.
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
                // the largest probability belongs to the largest z
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
