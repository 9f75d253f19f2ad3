package dev.sparkprop.spark.scoring;

import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.data.tables.FileFormat;
import dev.sparkprop.data.tables.LearnedData;
import dev.sparkprop.network.Topology;
import dev.sparkprop.spark.files.BadDataException;
import dev.sparkprop.spark.files.FileSystems;
import dev.sparkprop.spark.files.ReadFailures;
import dev.sparkprop.spark.files.RowSource;
import dev.sparkprop.spark.files.Sessions;
import dev.sparkprop.spark.files.Survey;
import dev.sparkprop.spark.files.SurveyReport;
import dev.sparkprop.spark.files.SurveyReport.Use;
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

/** Writes the rows of files together with a trained network's predictions. */
public final class FilePredictions {
    /** The formats of prediction files. */
    public enum Format {
        /** Lines of text, with a header. */
        CSV,
        /** Parquet tables. */
        PARQUET
    }

    private final JavaSparkContext context;
    private final LearnedData data;
    private final Topology topology;
    private final double[] parameters;
    private final Decision decision;

    /** Creates a writer for the predictions of a network that was trained on such data. */
    public FilePredictions(
            JavaSparkContext context, LearnedData data, Topology topology, double[] parameters, Decision decision) {
        this.context = context;
        this.data = data;
        this.topology = topology;
        this.parameters = parameters;
        this.decision = decision;
    }

    /**
     * Returns true if a path exists.
     *
     * @throws java.nio.file.InvalidPathException if the text is not a valid path
     */
    public boolean exists(String output) throws IOException {
        Path path = FileSystems.path(output);
        return FileSystems.of(path, context.hadoopConfiguration()).exists(path);
    }

    /**
     * Checks all files in a first pass and writes the predictions in a second pass. Returns the number of rows
     * written.
     *
     * @param notes receives notes for the user, line by line
     * @throws java.nio.file.NoSuchFileException if a path matches no file
     * @throws BadDataException if the data are invalid; the message lists the first ten problems and their places
     */
    public long write(List<String> paths, String output, Format format, OnBadRow badRows, Consumer<String> notes)
            throws IOException {
        FileData files = unlabelled(data.files().at(paths));
        ScoringNet net = ScoringNet.of(context, data, topology, parameters);
        try {
            return ReadFailures.translating(files, () -> {
                RowSource source = FileFormats.openWhole(Sessions.of(context), files)
                        .checking(data.encodings(), files.columns().unseen());
                source.notes().forEach(notes);
                PredictRows task = new PredictRows(net, source.parser(), source.kept(), badRows, decision);
                StructType schema = schema(source, net, format);
                Survey survey = source.rows().mapPartitions(task.survey()).treeReduce(Survey::add);
                SurveyReport report = new SurveyReport(files, survey, source, Use.PREDICTION);
                report.checkReadable();
                if (badRows == OnBadRow.FAIL) {
                    report.checkNoBadRows();
                }
                if (badRows != OnBadRow.NULL || survey.badRows() == 0) {
                    report.checkNotEmpty();
                }
                report.notes(badRows == OnBadRow.SKIP ? "Skipped" : "Wrote without a prediction")
                        .forEach(notes);
                JavaRDD<Row> predictions = source.rows().mapPartitions(task);
                Dataset<Row> table = Sessions.of(context).createDataFrame(predictions, schema);
                table.write()
                        .option("header", true)
                        // keep empty values empty, and double quotes as in the input files
                        .option("emptyValue", "")
                        .option("escape", "\"")
                        // blanks around a value are part of it
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

    /** Rows of libsvm files always begin with a label, even if it is not needed. */
    private static FileData unlabelled(FileData files) {
        FileData strict = files.withColumns(files.columns().withoutSkipping());
        return files.format() == FileFormat.LIBSVM ? strict : strict.withoutTargets();
    }

    private StructType schema(RowSource source, ScoringNet net, Format format) {
        StructType schema = source.kept().schema();
        for (StructField field :
                PredictRows.columns(net, data.files().targets()).fields()) {
            if (List.of(schema.fieldNames()).contains(field.name())) {
                throw new BadDataException(
                        "Column " + field.name() + " has the name of a prediction column: rename it");
            }
            schema = schema.add(field);
        }
        List<String> names = List.of(schema.fieldNames());
        for (String name : names) {
            if (names.indexOf(name) != names.lastIndexOf(name)) {
                throw new BadDataException("Two columns are named " + name + ": rename one");
            }
        }
        for (StructField field : schema.fields()) {
            if (format == Format.CSV && !(field.dataType() instanceof AtomicType)) {
                throw new BadDataException("Column " + field.name() + " is "
                        + field.dataType().simpleString() + ", which CSV cannot store (use --format parquet)");
            }
        }
        return schema;
    }
}
