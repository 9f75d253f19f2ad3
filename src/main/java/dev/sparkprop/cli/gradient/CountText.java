package dev.sparkprop.cli.gradient;

import dev.sparkprop.benchmark.KernelRate;
import dev.sparkprop.data.Tile;
import dev.sparkprop.network.LayerCounts;
import dev.sparkprop.network.Topology;
import dev.sparkprop.network.Workload;
import dev.sparkprop.text.Words;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Formats the size of a network and the operations that it needs. */
final class CountText {
    /** The numeric columns of the table. */
    private static final List<ToLongFunction<LayerCounts>> COLUMNS = List.of(
            LayerCounts::weights,
            LayerCounts::biases,
            LayerCounts::forward,
            LayerCounts::backward,
            LayerCounts::outputs,
            LayerCounts::parameterBytes,
            LayerCounts::tileBytes);

    private static final String ROW = "%5s  %14s  %12s %9s %12s %12s %12s %15s %13s%n";

    private final StringBuilder text = new StringBuilder();

    private CountText() {}

    static String of(Topology topology) {
        return new CountText().text(topology);
    }

    private String text(Topology topology) {
        List<LayerCounts> layers = topology.counts();
        add("A %s network with %s%n%n", topology, Words.count(topology.parameterCount(), "parameter"));
        add(
                ROW,
                "layer",
                "inputs→outputs",
                "weights",
                "biases",
                "forward",
                "backward",
                "activations",
                "parameter bytes",
                "bytes/tile");
        for (int l = 0; l < layers.size(); l++) {
            LayerCounts layer = layers.get(l);
            addRow(String.valueOf(l + 1), layer.inputs() + "→" + layer.outputs(), List.of(layer));
        }
        addRow("total", "", layers);
        add("%nWeights:      %s = %,d%n", terms(layers, CountText::product), total(layers, LayerCounts::weights));
        add("Biases:       %s = %,d%n", terms(layers, l -> "" + l.outputs()), total(layers, LayerCounts::biases));
        add("Multiply-adds per example:%n");
        add("    forward     %s = %,d (W·x)%n", terms(layers, CountText::product), total(layers, LayerCounts::forward));
        add(
                "    backward    %s = %,d (∂W = delta·xᵀ; and Wᵀ·delta for the layer below, except in the first layer)%n",
                terms(layers, l -> (l.first() ? "" : "2·") + product(l)), total(layers, LayerCounts::backward));
        add("    total       %,d%n", topology.multiplyAdds());
        addTile(topology, layers);
        return text.toString();
    }

    private void addTile(Topology topology, List<LayerCounts> layers) {
        int widest = Collections.max(layers.stream().map(LayerCounts::outputs).toList());
        add("Bytes per tile of %d examples in float32 (the last tile may be padded):%n", Tile.EXAMPLES);
        addRows("features", "" + topology.inputs(), topology.inputs());
        addRows("targets", "" + topology.outputs(), topology.outputs());
        addRows("activations", "(" + terms(layers, l -> "" + l.outputs()) + ")", total(layers, LayerCounts::outputs));
        addRows("deltas", "2·" + widest, 2L * widest);
    }

    private void addRows(String title, String rows, long count) {
        long bytes = LayerCounts.tileBytes(count);
        add("    %-12s%s·%d·%d = %,d%n", title, rows, Tile.EXAMPLES, Float.BYTES, bytes);
    }

    private void addRow(String name, String shape, List<LayerCounts> layers) {
        Object[] cells = new Object[COLUMNS.size() + 2];
        cells[0] = name;
        cells[1] = shape;
        for (int i = 0; i < COLUMNS.size(); i++) {
            cells[i + 2] = String.format(Locale.ROOT, "%,d", total(layers, COLUMNS.get(i)));
        }
        add(ROW, cells);
    }

    private static String product(LayerCounts layer) {
        return layer.inputs() + "·" + layer.outputs();
    }

    private static String terms(List<LayerCounts> layers, Function<LayerCounts, String> term) {
        return layers.stream().map(term).collect(Collectors.joining(" + "));
    }

    private static long total(List<LayerCounts> layers, ToLongFunction<LayerCounts> count) {
        return layers.stream().mapToLong(count).sum();
    }

    static String of(Workload work, KernelRate rate, int cores) {
        return new CountText().text(work, rate, cores);
    }

    private String text(Workload work, KernelRate rate, int cores) {
        double seconds = rate.secondsPerTile() * work.tiles() * work.iterations();
        double perExample = rate.secondsPerTile() * work.tiles() / work.examples();
        add("%n%s, %s:%n", Words.count(work.examples(), "example"), Words.count(work.iterations(), "iteration"));
        add(
                "Multiply-adds: %,d · %,d · %,d = %s, or %s FLOP%n",
                work.topology().multiplyAdds(),
                work.examples(),
                work.iterations(),
                grouped(work.multiplyAdds()),
                grouped(work.operations()));
        add(
                "Data:          %s · %d · (%d + %d) · %d = %s bytes in memory for features and targets%n",
                Words.count(work.tiles(), "tile"),
                Tile.EXAMPLES,
                work.topology().inputs(),
                work.topology().outputs(),
                Float.BYTES,
                grouped(work.dataBytes()));
        add(
                "One core:      %s examples/s, %.4g GFLOP/s, measured now with %s kernels%n",
                Words.rounded(1 / perExample, 4), 2e-9 * work.topology().multiplyAdds() / perExample, rate.kernels());
        add(
                "Time:          %s on %s, for the kernels only, without Spark%n",
                duration(seconds / cores), Words.count(cores, "core"));
        return text.toString();
    }

    private static String grouped(double number) {
        return String.format(Locale.ROOT, number < 1e15 ? "%,.0f" : "%.4g", number);
    }

    private static String duration(double seconds) {
        if (seconds < 120) {
            return String.format(Locale.ROOT, "%.3g s", seconds);
        }
        return seconds < 7200
                ? String.format(Locale.ROOT, "%.3g minutes", seconds / 60)
                : String.format(Locale.ROOT, "%,.1f hours", seconds / 3600);
    }

    private void add(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
    }
}
