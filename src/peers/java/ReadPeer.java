import dev.sparkprop.data.BadRows;
import dev.sparkprop.data.FileData;
import dev.sparkprop.data.FileFormat;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.data.TargetKind;
import dev.sparkprop.spark.packing.FileExamples;
import dev.sparkprop.spark.dataset.ShardedDataset;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Compares reading a CSV file of numbers, with two classes in the last column. Spark reads all columns once as
 * numbers and adds them up. This project reads the file twice, and checks, numbers and packs the examples into
 * shards.
 *
 * <p>Usage: {@code scripts/benchmark-spark.sh reading}. Prints for each round the seconds of Spark, of the survey and
 * of the packing, and the ratio of this project's rate to Spark's.
 */
final class ReadPeer {
    private ReadPeer() {}

    public static void main(String[] arguments) throws IOException {
        try (SparkSession session = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .getOrCreate()) {
            String path = arguments[0];
            String[] names =
                    session.read().option("header", true).csv(path).schema().fieldNames();
            FileData files = new FileData(
                    FileFormat.CSV,
                    List.of(path),
                    new FileData.Csv(true, ',', '"'),
                    List.of(),
                    List.of(names[names.length - 1]),
                    Optional.empty(),
                    TargetKind.TWO_CLASSES,
                    names.length - 1,
                    1,
                    BadRows.FAIL,
                    false);
            for (int round = 0; round < Integer.parseInt(arguments[1]); round++) {
                double theirs = seconds(() -> addUp(session, path, names));
                read(JavaSparkContext.fromSparkContext(session.sparkContext()), files, theirs);
            }
        }
    }

    private static void addUp(SparkSession session, String path, String[] names) {
        StructType schema = new StructType();
        for (String name : names) {
            schema = schema.add(name, DataTypes.DoubleType);
        }
        Column[] sums = Arrays.stream(names).map(functions::sum).toArray(Column[]::new);
        session.read()
                .option("header", true)
                .schema(schema)
                .csv(path)
                .agg(sums[0], Arrays.copyOfRange(sums, 1, sums.length))
                .collectAsList();
    }

    private static void read(JavaSparkContext context, FileData files, double theirs) throws IOException {
        long began = System.nanoTime();
        FileExamples examples = FileExamples.survey(context, files);
        double survey = (System.nanoTime() - began) / 1e9;
        try (ShardedDataset dataset = examples.dataset(
                Sharding.of(examples.examples(), examples.bytesPerExample(), OptionalInt.empty(), OptionalInt.empty()),
                OptionalInt.empty())) {
            double pack = seconds(dataset::pack);
            System.out.printf(
                    "%,d examples: Spark %.1f s, survey %.1f s, packing %.1f s: %.2f times its rate%n",
                    examples.examples(), theirs, survey, pack, theirs / (survey + pack));
        }
    }

    private static double seconds(Runnable work) {
        long began = System.nanoTime();
        work.run();
        return (System.nanoTime() - began) / 1e9;
    }
}
