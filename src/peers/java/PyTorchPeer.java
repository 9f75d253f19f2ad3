import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.stream.Stream;

/**
 * Gradient descent in PyTorch, for comparison with the same training in this project. The networks and costs are
 * those of {@link TensorFlowPeer}. It computes in float32 on two threads.
 *
 * <p>Usage: {@code java -cp 'LIB/*' PyTorchPeer.java WIDTHS EXAMPLES}. Reads numbers of seconds from standard input.
 * For each, it trains half of this time with all examples per step, and half of it with batches of 4,096, and prints
 * both rates in examples/s.
 */
final class PyTorchPeer {
    private static final int BATCH = 4096;
    private static final float LEARNING_RATE = 0.1f;

    private final NDManager manager;
    private final boolean binary;
    private final List<NDArray> parameters = new ArrayList<>();

    private PyTorchPeer(NDManager manager, int[] widths) {
        this.manager = manager;
        this.binary = widths[widths.length - 1] == 1;
        for (int l = 1; l < widths.length; l++) {
            float deviation = (float) Math.sqrt(1.0 / widths[l - 1]);
            parameters.add(manager.randomNormal(0, deviation, new Shape(widths[l], widths[l - 1]), DataType.FLOAT32));
            parameters.add(manager.zeros(new Shape(widths[l])));
        }
        parameters.forEach(parameter -> parameter.setRequiresGradient(true));
    }

    public static void main(String[] arguments) {
        System.setProperty("ai.djl.pytorch.num_threads", "2");
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        int[] widths = Stream.of(arguments[0].split("-")).mapToInt(Integer::parseInt).toArray();
        int examples = Integer.parseInt(arguments[1]);
        try (NDManager manager = NDManager.newBaseManager(Device.cpu());
                Scanner lines = new Scanner(System.in)) {
            PyTorchPeer peer = new PyTorchPeer(manager, widths);
            List<NDList> all = List.of(peer.draw(widths, examples));
            List<NDList> batches = peer.batches(all.get(0), examples);
            while (lines.hasNextLine()) {
                double seconds = Double.parseDouble(lines.nextLine()) / 2;
                System.out.printf("%.6g %.6g%n", examples * peer.rate(all, seconds), examples * peer.rate(batches, seconds));
            }
        }
    }

    /** Draws features, and one target or the number of a class for each example. */
    private NDList draw(int[] widths, int examples) {
        NDArray x = manager.randomUniform(0, 1, new Shape(examples, widths[0]));
        int classes = binary ? 2 : widths[widths.length - 1];
        NDArray label = manager.randomUniform(0, classes, new Shape(examples, 1)).floor();
        return new NDList(x, binary ? label : label.squeeze(1).toType(DataType.INT64, false));
    }

    private List<NDList> batches(NDList all, int examples) {
        List<NDList> batches = new ArrayList<>();
        for (int from = 0; from < examples; from += BATCH) {
            NDIndex rows = new NDIndex(from + ":" + Math.min(from + BATCH, examples));
            batches.add(new NDList(all.get(0).get(rows), all.get(1).get(rows)));
        }
        return batches;
    }

    /** Returns the passes over the data per second. */
    private double rate(List<NDList> batches, double seconds) {
        long start = System.nanoTime();
        int passes = 0;
        do {
            batches.forEach(this::step);
            passes++;
        } while (System.nanoTime() - start < seconds * 1e9);
        return passes * 1e9 / (System.nanoTime() - start);
    }

    private void step(NDList batch) {
        try (NDManager step = manager.newSubManager()) {
            batch.attach(step);
            parameters.forEach(parameter -> parameter.attach(step));
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                collector.backward(cost(batch.get(0), batch.get(1)));
            }
            parameters.replaceAll(this::updated);
            batch.attach(manager);
        }
    }

    private NDArray cost(NDArray x, NDArray target) {
        NDArray a = x;
        for (int p = 0; p < parameters.size(); p += 2) {
            NDArray z = a.getNDArrayInternal().linear(a, parameters.get(p), parameters.get(p + 1)).singletonOrThrow();
            a = p + 2 == parameters.size() ? z : Activation.sigmoid(z);
        }
        // both losses take z, which is numerically stable
        Loss loss = binary ? Loss.sigmoidBinaryCrossEntropyLoss() : Loss.softmaxCrossEntropyLoss();
        return loss.evaluate(new NDList(target), new NDList(a));
    }

    /** Returns the parameter after a step of gradient descent. PyTorch does not change a leaf of its graph in place. */
    private NDArray updated(NDArray parameter) {
        NDArray next = parameter.sub(parameter.getGradient().mul(LEARNING_RATE)).stopGradient();
        next.attach(manager);
        next.setRequiresGradient(true);
        return next;
    }
}
