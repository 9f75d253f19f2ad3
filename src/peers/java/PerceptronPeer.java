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
 * L-BFGS of Spark MLlib's perceptron, to stand beside the same job here: sigmoid layers with a softmax output, standardized features,
 * and all examples of a file in one block, since it averages the means of blocks.
 *
 * <p>Usage: {@code scripts/benchmark-spark.sh l-bfgs}, or {@code java --add-modules=jdk.incubator.vector -cp
 * 'target/spark-home/jars/*' src/peers/java/PerceptronPeer.java FILE WIDTHS ITERATIONS SEED START}; the module is for MLlib's own
 * vector arithmetic, and the file's last column is the label. Writes the weights that it starts from to START, for {@code
 * network.initial.file}, and prints iterations, the final cost and seconds, of a training to warm up and of a second one.
 */
final class PerceptronPeer {
    private final double[] weights;
    private final StringJoiner tensors = new StringJoiner(", ", "{", "}");

    /** Weights of deviation 1/√inputs, and biases of 0; MLlib has a layer's weights input by input. */
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
