import java.io.IOException;
import java.util.Arrays;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * L-BFGS of Spark MLlib's perceptron, to stand beside the same job here: sigmoid layers with a softmax output, standardized features,
 * full batches, all examples of a file in one block, since it averages the means of blocks.
 *
 * <p>Usage: {@code java -cp 'JARS/*' PerceptronPeer.java FILE WIDTHS ITERATIONS SEED TOLERANCE}; the file's last column is the label. Prints
 * iterations, the final cost and seconds of training, first of a run to warm up and then of a second one.
 */
final class PerceptronPeer {
    private PerceptronPeer() {}

    public static void main(String[] arguments) throws IOException {
        int[] widths =
                Arrays.stream(arguments[1].split("-")).mapToInt(Integer::parseInt).toArray();
        try (SparkSession session = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .getOrCreate()) {
            Dataset<Row> examples = standardized(session, arguments[0]).coalesce(1).cache();
            MultilayerPerceptronClassifier perceptron = new MultilayerPerceptronClassifier()
                    .setFeaturesCol("scaled")
                    .setLayers(widths)
                    .setBlockSize((int) examples.count())
                    .setMaxIter(Integer.parseInt(arguments[2]))
                    .setSeed(Long.parseLong(arguments[3]))
                    .setTol(Double.parseDouble(arguments[4]));
            for (int round = 0; round < 2; round++) {
                long start = System.nanoTime();
                MultilayerPerceptronClassificationModel model = perceptron.fit(examples);
                double seconds = (System.nanoTime() - start) / 1e9;
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
