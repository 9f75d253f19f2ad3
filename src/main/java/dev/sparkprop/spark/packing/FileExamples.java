package dev.sparkprop.spark.packing;

import dev.sparkprop.data.FileData;
import dev.sparkprop.data.LearnedData;
import dev.sparkprop.data.Moments;
import dev.sparkprop.data.Part;
import dev.sparkprop.data.Shard;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.data.Standardization;
import dev.sparkprop.data.TargetKind;
import dev.sparkprop.spark.dataset.ShardPartitioning;
import dev.sparkprop.spark.dataset.ShardedDataset;
import dev.sparkprop.spark.files.BadDataException;
import dev.sparkprop.spark.files.ReadFailures;
import dev.sparkprop.spark.files.RowSource;
import dev.sparkprop.spark.files.Sessions;
import dev.sparkprop.spark.files.Split;
import dev.sparkprop.spark.files.Survey;
import dev.sparkprop.spark.files.SurveyReport;
import dev.sparkprop.spark.formats.CsvParser;
import dev.sparkprop.spark.formats.FileFormats;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Examples in files, seen through once and found good. They are numbered by the names of their files and their position in
 * them, so that neither the way in which files are cut nor the number of executors matters.
 */
public final class FileExamples {
    private final JavaSparkContext context;
    private final FileData files;
    private final RowSource source;
    private final Survey survey;
    private final List<String> classes;
    private final Optional<Standardization> standardization;
    private final Part part;

    private FileExamples(
            JavaSparkContext context,
            FileData files,
            RowSource source,
            Survey survey,
            List<String> classes,
            Optional<Standardization> standardization,
            Part part) {
        this.context = context;
        this.files = files;
        this.source = source;
        this.survey = survey;
        this.classes = classes;
        this.standardization = standardization;
        this.part = part;
    }

    /** Goes through all files once, to learn from all examples. */
    public static FileExamples survey(JavaSparkContext context, FileData files) throws IOException {
        return survey(context, files, 0, 0);
    }

    /**
     * Goes through all files once, and once more if a part is held out and there is something to standardize, or there are weights:
     * nothing is learned of that part.
     *
     * @param heldOut fraction that {@link #heldOut} has; 0 for none
     * @param seed of the draw of that part
     * @throws java.nio.file.NoSuchFileException if a path names nothing
     * @throws BadDataException with the first ten of all problems, and where they are
     */
    public static FileExamples survey(JavaSparkContext context, FileData files, double heldOut, long seed)
            throws IOException {
        return ReadFailures.reading(files, () -> {
            RowSource source = FileFormats.open(Sessions.of(context), files);
            Survey.Task task = Survey.Task.of(source.parser(), files);
            Survey survey = survey(source, heldOut == 0 ? task : task.withoutMoments());
            SurveyReport report =
                    new SurveyReport(files, survey, source.parser().rowName());
            if (survey.examples() == 0 && source.parser() instanceof CsvParser parser) {
                source.rows()
                        .mapPartitions(new NumberColumns.Task(parser))
                        .treeReduce(NumberColumns::add)
                        .check(source.featureNames(), files);
            }
            report.check();
            Part part = new Part(survey.examples(), heldOut, seed, false);
            if (heldOut > 0 && (part.examples() == 0 || part.other().examples() == 0)) {
                throw new BadDataException(String.join(", ", files.paths()) + ": " + survey.examples()
                        + " examples are too few to hold out a part of " + heldOut);
            }
            Moments moments = survey.moments();
            if (heldOut > 0 && (task.columns() > 0 || files.weight().isPresent())) {
                moments = source.rows()
                        .mapPartitions(new PartMoments(task, Numbering.of(context, survey, part)))
                        .treeReduce(Moments::add);
                report.checkHeldOut(moments);
            }
            return new FileExamples(
                    context,
                    files,
                    source,
                    survey,
                    report.classes(),
                    task.columns() == 0 ? Optional.empty() : Optional.of(moments.standardization(0, task.columns())),
                    part);
        });
    }

    /**
     * Goes once through other files, whose examples are to be taken as these are: with their classes and their standardization.
     *
     * @throws java.nio.file.NoSuchFileException if a path names nothing
     * @throws BadDataException with the first ten of all problems, and where they are
     */
    public FileExamples like(List<String> paths) throws IOException {
        FileData others = files.at(paths).withFeatures(source.featureColumns());
        return ReadFailures.reading(others, () -> {
            RowSource there = FileFormats.open(Sessions.of(context), others);
            Survey found = survey(there, Survey.Task.of(there.parser(), others).withoutMoments());
            new SurveyReport(others, found, there.parser().rowName()).checkLike(classes);
            return new FileExamples(
                    context, others, there, found, classes, standardization, Part.all(found.examples()));
        });
    }

    /** The examples that are held out. */
    public FileExamples heldOut() {
        return new FileExamples(context, files, source, survey, classes, standardization, part.other());
    }

    private static Survey survey(RowSource source, Survey.Task task) {
        return source.rows().mapPartitions(task).treeReduce(Survey::add);
    }

    /** Number of examples. */
    public long examples() {
        return part.examples();
    }

    /** Number of examples in the files, also those of the other part. */
    public long allExamples() {
        return survey.examples();
    }

    /** Number of files. */
    public long fileCount() {
        return survey.counts().keySet().stream().map(Split::file).distinct().count();
    }

    /** Bad rows that were left out. */
    public long skipped() {
        return survey.badRows();
    }

    /** The first ten bad rows that were left out, with their places. */
    public List<String> skippedRows() {
        return new SurveyReport(files, survey, source.parser().rowName()).badRows();
    }

    /** What the user should know of the files, in lines. */
    public List<String> notes() {
        return source.notes();
    }

    /** Names of the classes, in the order of their outputs, or those of 0 and 1; none if targets are numbers. */
    public List<String> classes() {
        return classes;
    }

    /** Names of the features, in the order of the net's inputs. */
    public List<String> features() {
        return source.featureNames();
    }

    /** What a net that learns from these examples has to know of them. */
    public LearnedData learned() {
        return new LearnedData(
                files.withFeatures(source.featureColumns()), source.featureNames(), classes, standardization);
    }

    /** What was done to the features, if anything. */
    public Optional<Standardization> standardization() {
        return standardization.map(all -> all.slice(0, files.inputs()));
    }

    /** What was done to targets that are numbers, if anything. */
    public Optional<Standardization> targetStandardization() {
        return standardization
                .filter(all -> files.kind() == TargetKind.NUMBERS)
                .map(all -> all.slice(files.inputs(), files.inputs() + files.outputs()));
    }

    /** Bytes of one packed example, without its weight: examples with and without weights are cut in the same way. */
    public long bytesPerExample() {
        return (long) Float.BYTES * (files.inputs() + files.outputs());
    }

    /**
     * The examples in shards; files are read again when they are packed.
     *
     * @param partitions of Spark, or empty for the usual number
     */
    public ShardedDataset dataset(Sharding sharding, OptionalInt partitions) {
        ShardPartitioning partitioning = ShardPartitioning.of(context, sharding, bytesPerExample(), partitions);
        NumberRows numbering = new NumberRows(
                source.parser(),
                files.layout(),
                classes,
                standardization.orElse(Standardization.NONE),
                sharding.shardExamples(),
                Numbering.of(context, survey, part));
        JavaRDD<Shard> shards = source.rows()
                .mapPartitionsToPair(numbering)
                .repartitionAndSortWithinPartitions(new ByShard(sharding, partitioning))
                .mapPartitionsWithIndex(new PackRows(sharding, partitioning, files.layout()), true);
        return new ShardedDataset(context, shards, sharding, partitioning);
    }
}
