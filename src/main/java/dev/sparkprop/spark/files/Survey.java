package dev.sparkprop.spark.files;

import dev.sparkprop.data.FileData;
import dev.sparkprop.data.Moments;
import dev.sparkprop.data.TargetKind;
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
    private final Moments moments;
    private long badCount;
    private final int maxLabels;

    /** The first place of a label and its number of rows. */
    record Occurrences(Place first, long rows) implements Serializable {
        Occurrences plus(Occurrences other) {
            return new Occurrences(first.compareTo(other.first) < 0 ? first : other.first, rows + other.rows);
        }
    }

    public Survey(Task task) {
        this.moments = new Moments(task.columns());
        this.maxLabels = task.classes() + MORE_LABELS;
    }

    public Survey add(Survey other) {
        counts.putAll(other.counts);
        other.bad.forEach((place, problem) -> recordFirst(bad, place, problem));
        other.unreadable.forEach((place, problem) -> recordFirst(unreadable, place, problem));
        badCount += other.badCount;
        other.labels.forEach(this::recordLabel);
        moments.add(other.moments);
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

    /** Returns the moments of the columns to standardize, over all examples. */
    public Moments moments() {
        return moments;
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
        if (!row.isGood()) {
            badCount++;
            recordFirst(bad, place.get(), row.problem());
            if (row.isUnreadable()) {
                recordFirst(unreadable, place.get(), row.problem());
            }
            return;
        }
        if (row.label() != null) {
            Occurrences occurrences = labels.get(row.label());
            if (occurrences == null) {
                recordLabel(row.label(), new Occurrences(place.get(), 1));
            } else {
                labels.put(row.label(), new Occurrences(occurrences.first, occurrences.rows + 1));
            }
        }
        moments.add(row.values(), row.weight());
    }

    /**
     * Surveys one Spark partition.
     *
     * @param parser the parser of the rows
     * @param values the number of numeric values per row
     * @param columns the number of leading columns whose means and deviations are computed
     * @param classes the expected number of labels
     */
    public record Task(RowParser parser, int values, int columns, int classes)
            implements FlatMapFunction<Iterator<Row>, Survey> {
        public static Task of(RowParser parser, FileData files) {
            int values = files.layout().values();
            int classes = files.kind().labels() ? files.kind().classes(files.outputs()) : 0;
            int standardized = files.kind() == TargetKind.NUMBERS ? values : files.inputs();
            return new Task(parser, values, files.standardize() ? standardized : 0, classes);
        }

        /** Returns a copy that does not compute means and deviations. */
        public Task withoutMoments() {
            return new Task(parser, values, 0, classes);
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
