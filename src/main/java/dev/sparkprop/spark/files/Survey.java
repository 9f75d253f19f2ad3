package dev.sparkprop.spark.files;

import dev.sparkprop.data.columns.ColumnStatistics;
import dev.sparkprop.data.columns.ColumnStatistics.Needs;
import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.text.Label;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/** The results of a first pass over files. Surveys of parts can be combined in any order with the same result. */
public final class Survey implements Serializable {
    private static final long serialVersionUID = 1;

    /** Maximum number of bad rows to list. Further ones are only counted. */
    static final int MAX_BAD = 10;

    /** Number of labels to store beyond the expected number. */
    private static final int MORE_LABELS = 20;

    private final Map<Split, RowCursor.Count> counts = new TreeMap<>();
    private final TreeMap<Place, String> bad = new TreeMap<>();
    /** The first unreadable place of each file, with the reason. Recorded even if bad rows are to be skipped. */
    private final TreeMap<Place, String> unreadable = new TreeMap<>();

    private final TreeMap<String, Occurrences> labels = new TreeMap<>(Label.ORDER);
    private final ColumnStatistics statistics;
    /** For each feature, the number of rows in which its value is missing. */
    private final long[] missing;

    private long rowsWithMissing;
    private long skipped;
    private long unseen;
    private long badCount;
    private final int maxLabels;

    /** The first place of a label and its number of rows. */
    record Occurrences(Place first, long rows) implements Serializable {
        Occurrences plus(Occurrences other) {
            return new Occurrences(first.compareTo(other.first) < 0 ? first : other.first, rows + other.rows);
        }
    }

    public Survey(Task task) {
        this.statistics = new ColumnStatistics(task.needs());
        this.missing = new long[task.needs().features()];
        this.maxLabels = task.classes() + MORE_LABELS;
    }

    public Survey add(Survey other) {
        counts.putAll(other.counts);
        other.bad.forEach((place, problem) -> recordFirst(bad, place, problem));
        other.unreadable.forEach((place, problem) -> recordFirst(unreadable, place, problem));
        badCount += other.badCount;
        other.labels.forEach(this::recordLabel);
        statistics.add(other.statistics);
        for (int i = 0; i < missing.length; i++) {
            missing[i] += other.missing[i];
        }
        rowsWithMissing += other.rowsWithMissing;
        skipped += other.skipped;
        unseen += other.unseen;
        return this;
    }

    /** Returns the counts of each split, in the order of the splits. */
    public Map<Split, RowCursor.Count> counts() {
        return counts;
    }

    /** Returns the number of bad rows. */
    public long badRows() {
        return badCount;
    }

    /** Returns the first bad rows, at most {@value #MAX_BAD}, and their problems. */
    Map<Place, String> firstBad() {
        return bad;
    }

    /** Returns the first unreadable places, one per file, and the reasons. */
    Map<Place, String> firstUnreadable() {
        return unreadable;
    }

    /** Returns the labels in order, at most 20 more than expected. */
    Map<String, Occurrences> labels() {
        return labels;
    }

    /** Returns the statistics of all examples. */
    public ColumnStatistics statistics() {
        return statistics;
    }

    /** Returns the number of rows in which the value of a feature is missing. */
    long missing(int feature) {
        return missing[feature];
    }

    /** Returns the number of rows in which the value of any feature is missing. */
    long rowsWithMissing() {
        return rowsWithMissing;
    }

    /** Returns the number of examples with a category that was not among the training examples. */
    long unseen() {
        return unseen;
    }

    /** Returns the number of rows that are skipped because values are missing. */
    public long skipped() {
        return skipped;
    }

    /** Adds the counts of a cursor after it has reached its end. */
    public void finish(RowCursor cursor) {
        counts.putAll(cursor.counts());
    }

    /** Returns the number of examples. */
    public long examples() {
        return counts.values().stream().mapToLong(RowCursor.Count::examples).sum();
    }

    private static void recordFirst(TreeMap<Place, String> first, Place place, String problem) {
        first.put(place, problem);
        if (first.size() > MAX_BAD) {
            first.pollLastEntry();
        }
    }

    private void recordLabel(String label, Occurrences occurrences) {
        labels.merge(label, occurrences, Occurrences::plus);
        if (labels.size() > maxLabels) {
            labels.pollLastEntry();
        }
    }

    /** Adds a row. Its place is computed only if it is needed. */
    public void record(FileRow row, Supplier<Place> place) {
        for (int n = 0; n < row.missingCount(); n++) {
            missing[row.missingFeature(n)]++;
        }
        rowsWithMissing += row.missingCount() > 0 ? 1 : 0;
        if (row.isSkipped()) {
            skipped++;
        } else if (!row.isGood()) {
            badCount++;
            recordFirst(bad, place.get(), row.problem());
            if (row.isUnreadable()) {
                recordFirst(unreadable, place.get(), row.problem());
            }
        } else {
            unseen += row.hasUnseen() ? 1 : 0;
            recordExample(row, place);
        }
    }

    private void recordExample(FileRow row, Supplier<Place> place) {
        if (row.label() != null) {
            Occurrences occurrences = labels.get(row.label());
            if (occurrences == null) {
                recordLabel(row.label(), new Occurrences(place.get(), 1));
            } else {
                labels.put(row.label(), new Occurrences(occurrences.first, occurrences.rows + 1));
            }
        }
        statistics.add(row.values(), row.categories(), row.label(), row.weight());
    }

    /**
     * Surveys one Spark partition.
     *
     * @param parser the parser of the rows
     * @param values the number of values per row
     * @param needs the statistics to collect
     * @param classes the expected number of labels
     */
    public record Task(RowParser parser, int values, Needs needs, int classes)
            implements FlatMapFunction<Iterator<Row>, Survey> {
        public static Task of(RowSource source, FileData files) {
            int values = source.layout(files).values();
            int classes = files.kind().labels() ? files.kind().classes(files.outputs()) : 0;
            Needs needs = Needs.of(
                    source.features(),
                    files.columns(),
                    files.standardize() ? values : 0,
                    files.classWeights().balanced());
            return new Task(source.parser(), values, needs, classes);
        }

        /** Returns a copy that collects weights instead of statistics. */
        public Task withoutStatistics() {
            return new Task(parser, values, needs.withoutValues(), classes);
        }

        @Override
        public Iterator<Survey> call(Iterator<Row> rows) {
            Survey survey = new Survey(this);
            RowCursor cursor = new RowCursor(rows, parser, values);
            Supplier<Place> place = cursor::place;
            while (cursor.next()) {
                survey.record(cursor.row(), place);
            }
            survey.finish(cursor);
            return List.of(survey).iterator();
        }
    }
}
