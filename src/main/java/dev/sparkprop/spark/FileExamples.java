package dev.sparkprop.spark;

import dev.sparkprop.data.FileData;
import dev.sparkprop.data.LearnedData;
import dev.sparkprop.data.Moments;
import dev.sparkprop.data.Part;
import dev.sparkprop.data.Shard;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.data.Standardization;
import dev.sparkprop.data.TargetKind;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

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
        return reading(files, () -> {
            RowSource source = RowSource.open(session(context), files);
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
            Moments moments = survey.moments;
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
        return reading(others, () -> {
            RowSource there = RowSource.open(session(context), others);
            Survey found = survey(there, Survey.Task.of(there.parser(), others).withoutMoments());
            new SurveyReport(others, found, there.parser().rowName()).checkLike(classes);
            return new FileExamples(
                    context, others, there, found, classes, standardization, Part.whole(found.examples()));
        });
    }

    /** The examples that are held out. */
    public FileExamples heldOut() {
        return new FileExamples(context, files, source, survey, classes, standardization, part.other());
    }

    private static Survey survey(RowSource source, Survey.Task task) {
        return source.rows().mapPartitions(task).treeReduce(Survey::add);
    }

    private static FileExamples reading(FileData files, Callable<FileExamples> read) throws IOException {
        try {
            return read.call();
        } catch (IOException | BadDataException e) {
            throw e;
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare
            throw ReadFailures.of(files, e);
        }
    }

    /** The session of a context. */
    static SparkSession session(JavaSparkContext context) {
        // the common builder would warn that the context is there already
        SparkSession session = org.apache.spark.sql.classic.SparkSession.builder()
                .sparkContext(context.sc())
                .getOrCreate();
        // columns a and A are two
        session.conf().set("spark.sql.caseSensitive", true);
        return session;
    }

    static BadDataException noExamples(FileData files) {
        return new BadDataException("No examples in " + String.join(", ", files.paths()));
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
        return survey.counts.keySet().stream().map(Split::file).distinct().count();
    }

    /** Bad rows that were left out. */
    public long skipped() {
        return survey.badCount;
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
                files.inputs() + (files.kind().labels() ? 0 : files.outputs()),
                classes,
                standardization.stream().toList(),
                sharding.shardExamples(),
                Numbering.of(context, survey, part));
        boolean oneHot = files.kind() == TargetKind.CLASSES;
        JavaRDD<Shard> shards = source.rows()
                .mapPartitionsToPair(numbering)
                .repartitionAndSortWithinPartitions(new ByShard(sharding, partitioning))
                .mapPartitionsWithIndex(
                        new PackRows(sharding, partitioning, files.inputs(), files.outputs(), oneHot), true);
        return new ShardedDataset(context, shards, sharding, partitioning);
    }
}
