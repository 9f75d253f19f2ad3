import dev.sparkprop.data.Sharding;
import dev.sparkprop.data.TargetKind;
import dev.sparkprop.data.columns.ColumnRule;
import dev.sparkprop.data.columns.ColumnRules;
import dev.sparkprop.data.columns.ColumnRules.Unseen;
import dev.sparkprop.data.columns.ColumnType;
import dev.sparkprop.data.columns.Missing;
import dev.sparkprop.data.tables.BadRows;
import dev.sparkprop.data.tables.ClassWeights;
import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.data.tables.FileFormat;
import dev.sparkprop.data.tables.RowOrder;
import dev.sparkprop.spark.dataset.ShardedDataset;
import dev.sparkprop.spark.packing.FileExamples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Compares reading a CSV file, with two classes in the last column. Spark reads all columns once, adds up the numbers
 * and finds the last text of each category column. This project reads the file twice: it counts categories, replaces
 * missing numbers by means, and checks, numbers, encodes and packs the examples into shards.
 *
 * <p>Usage: {@code scripts/benchmark-spark.sh reading}, which gives the file, the number of rounds and the category
 * columns. Prints for each round the seconds of Spark, of the survey and
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
            List<String> categories = List.of(arguments).subList(2, arguments.length);
            FileData files = new FileData(
                    FileFormat.CSV,
                    List.of(path),
                    new FileData.Csv(true, ',', '"'),
                    List.of(),
                    List.of(),
                    List.of(names[names.length - 1]),
                    Optional.empty(),
                    TargetKind.TWO_CLASSES,
                    OptionalInt.empty(),
                    1,
                    BadRows.FAIL,
                    false,
                    categories.isEmpty() ? ColumnRules.NONE : rules(categories),
                    Optional.empty(),
                    RowOrder.AUTO,
                    ClassWeights.NONE);
            for (int round = 0; round < Integer.parseInt(arguments[1]); round++) {
                double theirs = seconds(() -> aggregate(session, path, names, categories));
                read(JavaSparkContext.fromSparkContext(session.sparkContext()), files, theirs);
            }
        }
    }

    private static ColumnRules rules(List<String> categories) {
        ColumnRule numbers = ColumnRule.PLAIN.withMissing(Missing.MEAN);
        Map<String, ColumnRule> named = new HashMap<>();
        categories.forEach(name -> named.put(name, numbers.withType(ColumnType.CATEGORY)));
        return new ColumnRules(numbers, named, List.of("", "null"), Unseen.OTHER);
    }

    private static void aggregate(SparkSession session, String path, String[] names, List<String> categories) {
        StructType schema = new StructType();
        List<Column> results = new ArrayList<>();
        for (String name : names) {
            boolean text = categories.contains(name);
            schema = schema.add(name, text ? DataTypes.StringType : DataTypes.DoubleType);
            results.add(text ? functions.max(name) : functions.sum(name));
        }
        session.read()
                .option("header", true)
                .schema(schema)
                .csv(path)
                .agg(results.get(0), results.subList(1, results.size()).toArray(new Column[0]))
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
