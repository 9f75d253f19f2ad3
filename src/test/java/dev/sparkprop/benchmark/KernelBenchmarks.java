package dev.sparkprop.benchmark;

import dev.sparkprop.benchmark.Slices.Operation;
import dev.sparkprop.data.Shard;
import dev.sparkprop.kernel.Activation;
import dev.sparkprop.kernel.BareMultiply;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.kernel.Kernels;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.network.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures the kernels beside two limits of this machine: the bare matrix product, and reading memory in order. Prints
 * a table. Arguments: seconds per measurement, followed by networks.
 */
public final class KernelBenchmarks {
    /** Size of the data of each network and thread: too large for any cache, as in a real pass over a dataset. */
    private static final long BYTES = 128 << 20;

    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private KernelBenchmarks() {}

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        double seconds = Double.parseDouble(arguments[0]);
        print("%s, %s, %d cores%n", System.getProperty("java.vm.name"), Runtime.version(), CORES);
        printProducts(seconds);
        String header = "%-18s %-8s %5s %11s %11s %8s %9s %6s %8s  %s%n";
        print(header, "", "", "", "examples/s", "", "", "of the", "", "of the", "");
        print(
                header,
                "net",
                "kernels",
                "cores",
                "9th decile",
                "best",
                "GFLOP/s",
                "product",
                "GB/s",
                "read",
                "nearer limit");
        for (String net : Arrays.asList(arguments).subList(1, arguments.length)) {
            measure(net, seconds);
        }
    }

    private static void printProducts(double seconds) throws InterruptedException, ExecutionException {
        try (Slices slices = new Slices()) {
            Sgemm blas = new Sgemm();
            Operation sgemm = slices.add(List.of(blas));
            Operation product = slices.add(List.of(new BareMultiply()));
            slices.measure(seconds);
            print(
                    "matrix product 1024 x 1024 x 256 on one core, ninth decile: %.1f GFLOP/s, %.2f times %s (%.1f)%n%n",
                    product.ninthDecile() / 1e9,
                    product.ninthDecile() / sgemm.ninthDecile(),
                    blas.library(),
                    sgemm.ninthDecile() / 1e9);
        }
    }

    /** Measures a network on one core and on all cores, and both limits, alternately. */
    private static void measure(String net, double seconds) throws InterruptedException, ExecutionException {
        Topology topology = topology(net);
        List<List<Shard>> shards = IntStream.range(0, CORES)
                .mapToObj(core -> Pass.shards(topology, Long.MAX_VALUE, BYTES))
                .toList();
        Kernels scalar = KernelSelection.SCALAR.kernels();
        Kernels vector = KernelSelection.VECTOR.kernels();
        try (Slices once = new Slices()) {
            Operation pass = once.add(List.of(examples(new Pass(topology, scalar, shards.get(0)))));
            once.measure(0);
            print("%-18s %-8s %5d %11.4g%n", net, scalar.name(), 1, pass.best());
        }
        compileLoss(topology, vector);
        List<Integer> coreCounts = CORES == 1 ? List.of(1) : List.of(1, CORES);
        try (Slices slices = new Slices()) {
            List<Row> rows = new ArrayList<>();
            for (int cores : coreCounts) {
                List<DoubleSupplier> passes = shards.subList(0, cores).stream()
                        .map(own -> examples(new Pass(topology, vector, own)))
                        .toList();
                rows.add(new Row(
                        vector.name(),
                        cores,
                        slices.add(passes),
                        slices.add(onEachCore(cores, BareMultiply::new)),
                        slices.add(onEachCore(cores, () -> new PlainRead(BYTES)))));
            }
            slices.measure(seconds);
            rows.forEach(row -> row.print(net, topology));
        }
    }

    /**
     * Runs a narrow network with the same outputs. The JIT compiles the passes of the loss, which run once per tile,
     * only after about 800 tiles; a wide network takes 20 s for them.
     */
    private static void compileLoss(Topology topology, Kernels kernels)
            throws InterruptedException, ExecutionException {
        Topology narrow = topology("2-" + topology.outputs());
        try (Slices slices = new Slices()) {
            slices.add(List.of(examples(new Pass(narrow, kernels, Pass.shards(narrow, Long.MAX_VALUE, 1 << 20)))));
            slices.measure(0);
        }
    }

    /** Returns an operation that processes a shard, and returns the number of its examples. */
    private static DoubleSupplier examples(Pass pass) {
        return () -> pass.next().examples();
    }

    private static List<DoubleSupplier> onEachCore(int cores, Supplier<DoubleSupplier> operation) {
        return Stream.generate(operation).limit(cores).toList();
    }

    /** Returns the topology for a name such as {@code 2-2-1}, with one sigmoid output or several softmax outputs. */
    private static Topology topology(String net) {
        Integer[] widths = Stream.of(net.split("-")).map(Integer::valueOf).toArray(Integer[]::new);
        Output output = widths[widths.length - 1] == 1 ? Output.SIGMOID : Output.SOFTMAX;
        return RandomNets.of(Activation.SIGMOID, output, widths);
    }

    /** A pass and its limits on a number of cores. */
    private record Row(String kernels, int cores, Operation pass, Operation product, Operation read) {
        void print(String net, Topology topology) {
            double examples = pass.ninthDecile();
            // two operations for each multiply-add
            double operations = examples * 2 * topology.multiplyAdds();
            double bytes = examples * Float.BYTES * (topology.inputs() + topology.outputs());
            double ofProduct = operations / product.ninthDecile();
            double ofRead = bytes / read.ninthDecile();
            KernelBenchmarks.print(
                    "%-18s %-8s %5d %11.4g %11.4g %8.1f %8.0f%% %6.2f %7.0f%%  %s%n",
                    net,
                    kernels,
                    cores,
                    examples,
                    pass.best(),
                    operations / 1e9,
                    100 * ofProduct,
                    bytes / 1e9,
                    100 * ofRead,
                    ofProduct > ofRead ? "product" : "read");
        }
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
