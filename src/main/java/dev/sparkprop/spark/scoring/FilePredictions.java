package dev.sparkprop.spark.scoring;

import dev.sparkprop.data.FileData;
import dev.sparkprop.data.FileFormat;
import dev.sparkprop.data.LearnedData;
import dev.sparkprop.network.Topology;
import dev.sparkprop.spark.files.BadDataException;
import dev.sparkprop.spark.files.FileSystems;
import dev.sparkprop.spark.files.ReadFailures;
import dev.sparkprop.spark.files.RowSource;
import dev.sparkprop.spark.files.Sessions;
import dev.sparkprop.spark.files.Survey;
import dev.sparkprop.spark.files.SurveyReport;
import dev.sparkprop.spark.formats.FileFormats;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Writes what a trained net says of files beside what is in them. */
public final class FilePredictions {
    /** How predictions are written. */
    public enum Format {
        /** Lines with a header. */
        CSV,
        /** Columns. */
        PARQUET
    }

    private final JavaSparkContext context;
    private final LearnedData data;
    private final Topology topology;
    private final double[] parameters;

    /** Predictions of a net that learned from such data. */
    public FilePredictions(JavaSparkContext context, LearnedData data, Topology topology, double[] parameters) {
        this.context = context;
        this.data = data;
        this.topology = topology;
        this.parameters = parameters;
    }

    /**
     * Whether there is something at a path.
     *
     * @throws java.nio.file.InvalidPathException if it is none
     */
    public boolean exists(String output) throws IOException {
        Path path = FileSystems.path(output);
        return FileSystems.of(path, context.hadoopConfiguration()).exists(path);
    }

    /**
     * Goes through all files once to check them and once to write; returns the number of rows that were written.
     *
     * @param notes takes lines that the user should know
     * @throws java.nio.file.NoSuchFileException if a path names nothing
     * @throws BadDataException with the first ten of all problems, and where they are
     */
    public long write(List<String> paths, String output, Format format, OnBadRow badRows, Consumer<String> notes)
            throws IOException {
        FileData files = unlabelled(data.files().at(paths));
        ScoringNet net = ScoringNet.of(context, data, topology, parameters);
        try {
            return ReadFailures.reading(files, () -> {
                RowSource source = FileFormats.openWhole(Sessions.of(context), files);
                source.notes().forEach(notes);
                PredictRows task = new PredictRows(net, source.parser(), source.kept(), badRows);
                StructType schema = schema(source, net, format);
                Survey survey = source.rows().mapPartitions(task.survey()).treeReduce(Survey::add);
                SurveyReport report =
                        new SurveyReport(files, survey, source.parser().rowName());
                report.checkReadable();
                if (badRows == OnBadRow.FAIL) {
                    report.checkNoneBad("--on-bad-row skip leaves bad rows out, null writes them without a prediction");
                }
                if (badRows != OnBadRow.NULL || survey.badRows() == 0) {
                    report.checkForAny();
                }
                report.leftOut(badRows == OnBadRow.SKIP ? "Left out" : "Without a prediction")
                        .forEach(notes);
                JavaRDD<Row> predictions = source.rows().mapPartitions(task);
                Dataset<Row> table = Sessions.of(context).createDataFrame(predictions, schema);
                table.write()
                        .option("header", true)
                        // what was empty stays so, and a quote is doubled as in the files that are read
                        .option("emptyValue", "")
                        .option("escape", "\"")
                        // blanks round a value are part of it
                        .option("ignoreLeadingWhiteSpace", false)
                        .option("ignoreTrailingWhiteSpace", false)
                        .format(format.name().toLowerCase(Locale.ROOT))
                        .save(output);
                return survey.examples() + (badRows == OnBadRow.NULL ? survey.badRows() : 0);
            });
        } finally {
            net.parameters().destroy();
        }
    }

    /** Rows of libsvm begin with a label, whether anybody wants it or not. */
    private static FileData unlabelled(FileData files) {
        return files.format() == FileFormat.LIBSVM ? files : files.withoutTargets();
    }

    private StructType schema(RowSource source, ScoringNet net, Format format) {
        StructType schema = source.kept().schema();
        for (StructField field :
                PredictRows.columns(net, data.files().targets()).fields()) {
            if (List.of(schema.fieldNames()).contains(field.name())) {
                throw new BadDataException("Column " + field.name()
                        + " is there already, and predictions need its name: call it something else");
            }
            schema = schema.add(field);
        }
        List<String> names = List.of(schema.fieldNames());
        for (String name : names) {
            if (names.indexOf(name) != names.lastIndexOf(name)) {
                throw new BadDataException(
                        "Two columns are called " + name + ", which cannot both be written: rename one");
            }
        }
        for (StructField field : schema.fields()) {
            if (format == Format.CSV && !(field.dataType() instanceof AtomicType)) {
                throw new BadDataException("Column " + field.name() + " is "
                        + field.dataType().simpleString() + ", which csv cannot hold (use --format parquet)");
            }
        }
        return schema;
    }
}
