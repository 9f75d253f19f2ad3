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
 * Examples in files that have been surveyed and found valid. Examples are numbered by file name and position in the
 * file. The numbering therefore does not depend on how files are split or on the number of executors.
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

    /** Surveys all files, to train on all their examples. */
    public static FileExamples survey(JavaSparkContext context, FileData files) throws IOException {
        return survey(context, files, 0, 0);
    }

    /**
     * Surveys all files, in one pass over them. A second pass computes the statistics of the training examples alone
     * if a part is held out and there are columns to standardize or weights. If CSV files contain no valid example, a
     * second pass looks for columns that never contain a number.
     *
     * @param heldOut the fraction of the examples to hold out for {@link #heldOut}; 0 for none
     * @param seed the seed that selects the held-out examples
     * @throws java.nio.file.NoSuchFileException if a path matches no file
     * @throws BadDataException if the data are invalid; the message lists the first ten problems and their places
     */
    public static FileExamples survey(JavaSparkContext context, FileData files, double heldOut, long seed)
            throws IOException {
        return ReadFailures.translating(files, () -> {
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
                        + " examples are too few to hold out a fraction of " + heldOut);
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
     * Surveys other files, to interpret their examples like these: with the same classes and the same
     * standardization.
     *
     * @throws java.nio.file.NoSuchFileException if a path matches no file
     * @throws BadDataException if the data are invalid; the message lists the first ten problems and their places
     */
    public FileExamples surveyOther(List<String> paths) throws IOException {
        FileData otherFiles = files.at(paths).withFeatures(source.featureColumns());
        return ReadFailures.translating(otherFiles, () -> {
            RowSource otherSource = FileFormats.open(Sessions.of(context), otherFiles);
            Survey found = survey(
                    otherSource,
                    Survey.Task.of(otherSource.parser(), otherFiles).withoutMoments());
            new SurveyReport(otherFiles, found, otherSource.parser().rowName()).checkSameClasses(classes);
            return new FileExamples(
                    context, otherFiles, otherSource, found, classes, standardization, Part.all(found.examples()));
        });
    }

    /** Returns the held-out examples. */
    public FileExamples heldOut() {
        return new FileExamples(context, files, source, survey, classes, standardization, part.other());
    }

    private static Survey survey(RowSource source, Survey.Task task) {
        return source.rows().mapPartitions(task).treeReduce(Survey::add);
    }

    /** Returns the number of examples. */
    public long examples() {
        return part.examples();
    }

    /** Returns the number of examples in the files, including the other part. */
    public long allExamples() {
        return survey.examples();
    }

    /** Returns the number of files. */
    public long fileCount() {
        return survey.counts().keySet().stream().map(Split::file).distinct().count();
    }

    /** Returns the number of skipped bad rows. */
    public long skipped() {
        return survey.badRows();
    }

    /** Returns descriptions of the first ten skipped rows, with their places. */
    public List<String> skippedRows() {
        return new SurveyReport(files, survey, source.parser().rowName()).badRows();
    }

    /** Returns notes about the files for the user, one per line. */
    public List<String> notes() {
        return source.notes();
    }

    /** Returns the names of the classes, in the order of their outputs or for 0 and 1; empty if targets are numbers. */
    public List<String> classes() {
        return classes;
    }

    /** Returns the names of the features, in the order of the network's inputs. */
    public List<String> features() {
        return source.featureNames();
    }

    /** Returns the properties of these files that a model trained on them needs. */
    public LearnedData learned() {
        return new LearnedData(
                files.withFeatures(source.featureColumns()), source.featureNames(), classes, standardization);
    }

    /** Returns the standardization of the features, if any. */
    public Optional<Standardization> standardization() {
        return standardization.map(all -> all.slice(0, files.inputs()));
    }

    /** Returns the standardization of numeric targets, if any. */
    public Optional<Standardization> targetStandardization() {
        return standardization
                .filter(all -> files.kind() == TargetKind.NUMBERS)
                .map(all -> all.slice(files.inputs(), files.inputs() + files.outputs()));
    }

    /**
     * Returns the size of a packed example in bytes. The weight is excluded, so that examples are sharded alike with
     * and without weights.
     */
    public long bytesPerExample() {
        return (long) Float.BYTES * (files.inputs() + files.outputs());
    }

    /**
     * Returns the examples as shards. Packing reads the files again.
     *
     * @param partitions the number of Spark partitions, or empty for the default
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
