import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Scanner;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Full-batch gradient descent in TensorFlow, for comparison with the same training in this project. The network has
 * sigmoid layers, and either one sigmoid output with binary cross-entropy or several softmax outputs with
 * cross-entropy. It computes in float32, with all data in one tensor and one session run per iteration.
 *
 * <p>Usage: {@code java -cp 'LIB/*' TensorFlowPeer.java WIDTHS EXAMPLES}. Reads numbers of seconds from standard input.
 * For each, it trains for this time and prints the examples/s.
 */
final class TensorFlowPeer {
    private final Ops tf;
    private final List<Op> starts = new ArrayList<>();
    private final List<Variable<TFloat32>> parameters = new ArrayList<>();
    private final Random random = new Random(1);

    private TensorFlowPeer(Ops tf) {
        this.tf = tf;
    }

    public static void main(String[] arguments) {
        int[] widths = Stream.of(arguments[0].split("-")).mapToInt(Integer::parseInt).toArray();
        int examples = Integer.parseInt(arguments[1]);
        try (Graph graph = new Graph();
                Scanner lines = new Scanner(System.in)) {
            new TensorFlowPeer(Ops.create(graph)).measure(graph, widths, examples, lines);
        }
    }

    private void measure(Graph graph, int[] widths, int examples, Scanner lines) {
        int outputs = widths[widths.length - 1];
        Operand<TFloat32> x = tf.placeholder(TFloat32.class);
        Operand<TFloat32> t = tf.placeholder(TFloat32.class);
        Gradients gradients = Gradients.create(tf.scope(), cost(forward(x, widths), t, outputs), parameters);
        List<Op> updates = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            updates.add(tf.train.applyGradientDescent(parameters.get(i), tf.constant(0.1f), gradients.<TFloat32>dy(i)));
        }
        try (Session session = new Session(graph);
                TFloat32 features = features(examples, widths[0]);
                TFloat32 targets = targets(examples, outputs)) {
            starts.forEach(start -> session.runner().addTarget(start).run());
            Runnable iteration = () -> {
                Session.Runner runner = session.runner().feed(x, features).feed(t, targets);
                updates.forEach(runner::addTarget);
                runner.run().close();
            };
            while (lines.hasNextLine()) {
                double seconds = Double.parseDouble(lines.nextLine());
                System.out.printf("%.6g%n", examples * rate(iteration, seconds));
            }
        }
    }

    private Operand<TFloat32> forward(Operand<TFloat32> x, int[] widths) {
        Operand<TFloat32> a = x;
        for (int l = 1; l < widths.length; l++) {
            Operand<TFloat32> weights = parameter(Shape.of(widths[l - 1], widths[l]), 1 / Math.sqrt(widths[l - 1]));
            Operand<TFloat32> z = tf.math.add(tf.linalg.matMul(a, weights), parameter(Shape.of(widths[l]), 0));
            a = l == widths.length - 1 ? z : tf.math.sigmoid(z);
        }
        return a;
    }

    private Variable<TFloat32> parameter(Shape shape, double deviation) {
        Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
        float[] initial = new float[(int) shape.size()];
        for (int i = 0; i < initial.length; i++) {
            initial[i] = (float) (deviation * random.nextGaussian());
        }
        starts.add(tf.assign(variable, tf.reshape(tf.constant(initial), tf.constant(shape.asArray()))));
        parameters.add(variable);
        return variable;
    }

    private Operand<TFloat32> cost(Operand<TFloat32> z, Operand<TFloat32> t, int outputs) {
        if (outputs > 1) {
            return tf.math.mean(tf.nn.softmaxCrossEntropyWithLogits(z, t).loss(), tf.constant(0));
        }
        // max(z, 0) − z·t + log1p(exp(−|z|)), which is numerically stable; this project uses the same formula
        Operand<TFloat32> softplus = tf.math.log1p(tf.math.exp(tf.math.neg(tf.math.abs(z))));
        Operand<TFloat32> loss = tf.math.add(tf.math.sub(tf.nn.relu(z), tf.math.mul(z, t)), softplus);
        return tf.math.mean(loss, tf.constant(new int[] {0, 1}));
    }

    private TFloat32 features(int examples, int width) {
        float[] values = new float[examples * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return TFloat32.tensorOf(Shape.of(examples, width), DataBuffers.of(values));
    }

    private TFloat32 targets(int examples, int width) {
        float[] values = new float[examples * width];
        for (int e = 0; e < examples; e++) {
            values[e * width + random.nextInt(width)] = width == 1 ? random.nextInt(2) : 1;
        }
        return TFloat32.tensorOf(Shape.of(examples, width), DataBuffers.of(values));
    }

    /** Returns the iterations per second. */
    private static double rate(Runnable iteration, double seconds) {
        long start = System.nanoTime();
        int iterations = 0;
        do {
            iteration.run();
            iterations++;
        } while (System.nanoTime() - start < seconds * 1e9);
        return iterations * 1e9 / (System.nanoTime() - start);
    }
}
