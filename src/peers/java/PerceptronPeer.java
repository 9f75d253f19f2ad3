import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.StringJoiner;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * L-BFGS of Spark MLlib's perceptron, for comparison with the same training in this project. The network has sigmoid
 * layers and a softmax output, and the features are standardized. All examples of a file are in one block, because
 * MLlib averages the means of blocks.
 *
 * <p>Usage: {@code scripts/benchmark-spark.sh l-bfgs}, or:
 *
 * <pre>
 * java --add-modules=jdk.incubator.vector -cp 'target/spark-home/jars/*' \
 *     src/peers/java/PerceptronPeer.java FILE WIDTHS ITERATIONS SEED START
 * </pre>
 *
 * <p>MLlib's own vector arithmetic uses the module. The last column of the file is the label. Writes the initial
 * weights to START, in the format of {@code network.initial.file}. Trains twice, first to warm up, and prints the
 * iterations, the final cost and the seconds of each training.
 */
final class PerceptronPeer {
    private final double[] weights;
    private final StringJoiner tensors = new StringJoiner(", ", "{", "}");

    /**
     * Draws weights with deviation 1/√inputs, and sets biases to 0. MLlib stores the weights of a layer input by
     * input.
     */
    private PerceptronPeer(int[] widths, long seed) {
        Random random = new Random(seed);
        int count = 0;
        for (int l = 1; l < widths.length; l++) {
            count += (widths[l - 1] + 1) * widths[l];
        }
        weights = new double[count];
        int at = 0;
        for (int l = 1; l < widths.length; l++) {
            double[][] layer = new double[widths[l]][widths[l - 1]];
            for (int o = 0; o < widths[l]; o++) {
                for (int i = 0; i < widths[l - 1]; i++) {
                    layer[o][i] = random.nextGaussian() / Math.sqrt(widths[l - 1]);
                    weights[at + i * widths[l] + o] = layer[o][i];
                }
            }
            tensors.add("\"W" + l + "\": " + Arrays.deepToString(layer));
            tensors.add("\"b" + l + "\": " + Arrays.toString(new double[widths[l]]));
            at += (widths[l - 1] + 1) * widths[l];
        }
    }

    public static void main(String[] arguments) throws IOException {
        int[] widths =
                Arrays.stream(arguments[1].split("-")).mapToInt(Integer::parseInt).toArray();
        PerceptronPeer start = new PerceptronPeer(widths, Long.parseLong(arguments[3]));
        Files.writeString(Path.of(arguments[4]), start.tensors.toString());
        try (SparkSession session = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .getOrCreate()) {
            Dataset<Row> examples =
                    standardized(session, arguments[0]).coalesce(1).cache();
            MultilayerPerceptronClassifier perceptron = new MultilayerPerceptronClassifier()
                    .setFeaturesCol("scaled")
                    .setLayers(widths)
                    .setInitialWeights(Vectors.dense(start.weights))
                    .setBlockSize((int) examples.count())
                    .setMaxIter(Integer.parseInt(arguments[2]));
            for (int round = 0; round < 2; round++) {
                long began = System.nanoTime();
                MultilayerPerceptronClassificationModel model = perceptron.fit(examples);
                double seconds = (System.nanoTime() - began) / 1e9;
                double[] costs = model.summary().objectiveHistory();
                System.out.printf("%d %.6g %.3f%n", costs.length - 1, costs[costs.length - 1], seconds);
            }
        }
    }

    private static Dataset<Row> standardized(SparkSession session, String file) {
        Dataset<Row> rows =
                session.read().option("header", true).option("inferSchema", true).csv(file);
        String[] features = Arrays.copyOf(rows.columns(), rows.columns().length - 1);
        Dataset<Row> vectors = new VectorAssembler()
                .setInputCols(features)
                .setOutputCol("features")
                .transform(rows);
        return new StandardScaler()
                .setWithMean(true)
                .setInputCol("features")
                .setOutputCol("scaled")
                .fit(vectors)
                .transform(vectors)
                .select("scaled", "label");
    }
}
