package dev.sparkprop.spark.packing;

import dev.sparkprop.data.Part;
import dev.sparkprop.data.RowLayout;
import dev.sparkprop.data.Shard;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.data.Standardization;
import dev.sparkprop.data.TargetKind;
import dev.sparkprop.data.columns.ColumnRules;
import dev.sparkprop.data.columns.ColumnStatistics;
import dev.sparkprop.data.columns.ColumnStatistics.Needs;
import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.data.tables.LearnedData;
import dev.sparkprop.spark.dataset.ShardPartitioning;
import dev.sparkprop.spark.dataset.ShardedDataset;
import dev.sparkprop.spark.files.BadDataException;
import dev.sparkprop.spark.files.ReadFailures;
import dev.sparkprop.spark.files.Split;
import dev.sparkprop.spark.files.Survey;
import dev.sparkprop.spark.formats.FileFormats;
import dev.sparkprop.text.Words;
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
    private final SurveyedRows rows;
    private final LearnedData learned;
    /** The factors for the weights of examples, one per class. */
    private final double[] classWeights;

    private final Part part;

    private FileExamples(
            JavaSparkContext context, SurveyedRows rows, LearnedData learned, double[] classWeights, Part part) {
        this.context = context;
        this.rows = rows;
        this.learned = learned;
        this.classWeights = classWeights;
        this.part = part;
    }

    /** Surveys all files, to train on all their examples. */
    public static FileExamples survey(JavaSparkContext context, FileData files) throws IOException {
        return survey(context, files, 0, 0);
    }

    /**
     * Surveys all files, in one pass over them. A second pass computes the statistics of the training examples alone
     * if a part is held out and there is something to learn from the examples. Further passes find medians. If CSV
     * files contain no valid example, a second pass looks for columns that never contain a number.
     *
     * @param heldOut the fraction of the examples to hold out for {@link #heldOut}; 0 for none
     * @param seed the seed that selects the held-out examples
     * @throws java.nio.file.NoSuchFileException if a path matches no file
     * @throws BadDataException if the data are invalid; the message lists the first ten problems and their places
     */
    public static FileExamples survey(JavaSparkContext context, FileData files, double heldOut, long seed)
            throws IOException {
        return ReadFailures.translating(files, () -> {
            SurveyedRows rows = SurveyedRows.of(context, files, heldOut == 0);
            long all = rows.survey().examples();
            Part part = new Part(all, heldOut, seed, false);
            if (heldOut > 0 && (part.examples() == 0 || part.other().examples() == 0)) {
                throw new BadDataException(
                        files.place() + ": " + all + " examples are too few to hold out a fraction of " + heldOut);
            }
            PartRows examples = rows.part(context, part);
            Needs needs = Survey.Task.of(rows.source(), files).needs();
            ColumnStatistics statistics = rows.survey().statistics();
            boolean learns = !needs.isEmpty()
                    || !files.columns().equals(ColumnRules.NONE)
                    || files.weight().isPresent();
            if (heldOut > 0 && learns) {
                statistics = rows.source()
                        .rows()
                        .mapPartitions(new PartStatistics(examples, needs))
                        .treeReduce(ColumnStatistics::add);
                rows.report().checkHeldOut(statistics.moments());
            }
            Learning learning = new Learning(rows.source(), files, statistics);
            List<String> classes = rows.report().classes();
            return new FileExamples(
                    context, rows, learning.learned(examples, classes), learning.classWeights(classes), part);
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
        FileData otherFiles = rows.files().at(paths).withFeatures(rows.source().featureColumns());
        return ReadFailures.translating(otherFiles, () -> {
            SurveyedRows others = SurveyedRows.like(learned, context, otherFiles);
            return new FileExamples(
                    context,
                    others,
                    learned,
                    classWeights,
                    Part.all(others.survey().examples()));
        });
    }

    /** Returns the held-out examples. */
    public FileExamples heldOut() {
        return new FileExamples(context, rows, learned, classWeights, part.other());
    }

    /** Returns the number of examples. */
    public long examples() {
        return part.examples();
    }

    /** Returns the number of examples in the files, including the other part. */
    public long allExamples() {
        return rows.survey().examples();
    }

    /** Returns where the examples come from, such as {@code 2 files}, or the name of a table. */
    public String origin() {
        return FileFormats.hasPlaces(rows.files())
                ? Words.count(
                        rows.survey().counts().keySet().stream()
                                .map(Split::file)
                                .distinct()
                                .count(),
                        "file")
                : rows.files().place();
    }

    /** Returns what identifies the version of the table that was read, if it has any. */
    public Optional<String> version() {
        return rows.source().version();
    }

    /** Returns the number of skipped bad rows. */
    public long skipped() {
        return rows.survey().badRows();
    }

    /** Returns descriptions of the first ten skipped rows, with their places. */
    public List<String> skippedRows() {
        return rows.report().badRows();
    }

    /** Returns notes about the files for the user, one per line. */
    public List<String> notes() {
        return rows.source().notes();
    }

    /** Returns the names of the classes, in the order of their outputs or for 0 and 1; empty if targets are numbers. */
    public List<String> classes() {
        return learned.classes();
    }

    /** Returns the factors for the weights of examples, one per class. */
    public double[] classWeights() {
        return classWeights.clone();
    }

    /** Returns the names of the encoded features, in the order of the network's inputs. */
    public List<String> features() {
        return learned.features();
    }

    /** Returns the properties of these files that a model trained on them needs. */
    public LearnedData learned() {
        return learned;
    }

    /** Returns the standardization of the features, if any. */
    public Optional<Standardization> standardization() {
        return learned.standardization()
                .map(all -> all.slice(0, learned.encodings().width()));
    }

    /** Returns the standardization of numeric targets, if any. */
    public Optional<Standardization> targetStandardization() {
        return learned.standardization()
                .filter(all -> learned.files().kind() == TargetKind.NUMBERS)
                .map(all -> all.slice(
                        learned.encodings().width(),
                        learned.encodings().width() + learned.files().outputs()));
    }

    /** Returns the number of rows that are skipped because values are missing. */
    public long skippedForMissing() {
        return rows.survey().skipped();
    }

    /**
     * Returns the size of a packed example in bytes. The weight is excluded, so that examples are sharded alike with
     * and without weights.
     */
    public long bytesPerExample() {
        return (long) Float.BYTES
                * (learned.encodings().width() + learned.files().outputs());
    }

    /**
     * Returns the examples as shards. Packing reads the files again.
     *
     * @param partitions the number of Spark partitions, or empty for the default
     */
    public ShardedDataset dataset(Sharding sharding, OptionalInt partitions) {
        ShardPartitioning partitioning = ShardPartitioning.of(context, sharding, bytesPerExample(), partitions);
        RowLayout layout = learned.files().layout();
        NumberRows numbering = new NumberRows(
                rows.part(context, part),
                learned.encodings(),
                layout,
                learned.classes(),
                classWeights,
                learned.columns(),
                sharding.shardExamples());
        JavaRDD<Shard> shards = rows.source()
                .rows()
                .mapPartitionsToPair(numbering)
                .repartitionAndSortWithinPartitions(new ByShard(sharding, partitioning))
                .mapPartitionsWithIndex(new PackRows(sharding, partitioning, layout), true);
        return new ShardedDataset(context, shards, sharding, partitioning);
    }
}
