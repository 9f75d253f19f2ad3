package dev.sparkprop.cli.options;

import dev.sparkprop.data.Shard;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.data.Tile;
import dev.sparkprop.data.generated.XorTruthTable;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.network.Backpropagation;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.Topology;
import dev.sparkprop.store.Model;
import java.util.Locale;

/** The predictions of a network with two inputs and one sigmoid output for the four rows of exclusive or. */
public final class TruthTable {
    private TruthTable() {}

    /** Returns true for models of generated data with the inputs and the output of XOR. */
    public static boolean suits(Model model) {
        Topology topology = model.topology();
        return model.data().isEmpty()
                && topology.inputs() == 2
                && topology.outputs() == 1
                && topology.output() == Output.SIGMOID;
    }

    public static String of(Model model) {
        XorTruthTable xor = new XorTruthTable(1);
        Shard rows = Shard.pack(xor, Sharding.of(xor), 0);
        Backpropagation net = new Backpropagation(model.topology(), KernelSelection.AUTO.kernels());
        net.load(ParameterLayout.toFloat32(model.parameters()));
        float[] output = new float[Tile.EXAMPLES];
        net.predict(rows.features(), 0, output, 0);
        float[] z = new float[Tile.EXAMPLES];
        net.preActivations(rows.features(), 0, z, 0);
        StringBuilder table = new StringBuilder("x1 x2  XOR      Output  Predicted  Correct%n".formatted());
        int correct = 0;
        for (int row = 0; row < rows.examples(); row++) {
            int expected = (int) rows.targets()[row];
            int predicted = Output.predictedClass(new double[] {z[row]});
            correct += predicted == expected ? 1 : 0;
            table.append(String.format(
                    Locale.ROOT,
                    "%2d %2d  %3d  %10.8f  %9d  %s%n",
                    (int) rows.features()[row],
                    (int) rows.features()[row + Tile.EXAMPLES],
                    expected,
                    output[row],
                    predicted,
                    predicted == expected ? "yes" : "no"));
        }
        return table.append("Accuracy: ")
                .append((double) correct / rows.examples())
                .toString();
    }
}
