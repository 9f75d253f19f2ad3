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

/** What a first pass over files finds. Surveys of parts add up to the same survey in any order. */
public final class Survey implements Serializable {
    private static final long serialVersionUID = 1;

    /** Bad rows that are told; the others are counted. */
    static final int MAX_BAD = 10;

    /** Labels that are kept, beyond as many as there should be. */
    private static final int MORE_LABELS = 20;

    private final Map<Split, RowCursor.Count> counts = new TreeMap<>();
    private final TreeMap<Place, String> bad = new TreeMap<>();
    /** Where files cannot be read on, whatever becomes of bad rows. */
    private final TreeMap<Place, String> unreadable = new TreeMap<>();

    private final TreeMap<String, Seen> labels = new TreeMap<>(Label.ORDER);
    private final Moments moments;
    private long badCount;
    private final int maxLabels;

    /** A label's first place, and in how many rows it is. */
    record Seen(Place first, long rows) implements Serializable {
        Seen plus(Seen other) {
            return new Seen(first.compareTo(other.first) < 0 ? first : other.first, rows + other.rows);
        }
    }

    public Survey(Task task) {
        this.moments = new Moments(task.columns());
        this.maxLabels = task.classes() + MORE_LABELS;
    }

    public Survey add(Survey other) {
        counts.putAll(other.counts);
        other.bad.forEach((place, problem) -> noteFirst(bad, place, problem));
        other.unreadable.forEach((place, problem) -> noteFirst(unreadable, place, problem));
        badCount += other.badCount;
        other.labels.forEach(this::noteLabel);
        moments.add(other.moments);
        return this;
    }

    /** What was read of each split, in their order. */
    public Map<Split, RowCursor.Count> counts() {
        return counts;
    }

    /** Number of bad rows. */
    public long badRows() {
        return badCount;
    }

    /** The first bad rows, at most {@value #MAX_BAD}, and what is wrong with them. */
    Map<Place, String> firstBad() {
        return bad;
    }

    /** The first places from which on files cannot be read, and why. */
    Map<Place, String> firstUnreadable() {
        return unreadable;
    }

    /** The labels in their order, at most some more than there should be. */
    Map<String, Seen> labels() {
        return labels;
    }

    /** Moments of the columns whose means and deviations are wanted, over all examples. */
    public Moments moments() {
        return moments;
    }

    /** Takes over what a cursor has counted, at its end. */
    public void finish(RowCursor cursor) {
        counts.putAll(cursor.counts());
    }

    /** Rows that are examples. */
    public long examples() {
        return counts.values().stream().mapToLong(RowCursor.Count::examples).sum();
    }

    private static void noteFirst(TreeMap<Place, String> first, Place place, String problem) {
        first.put(place, problem);
        if (first.size() > MAX_BAD) {
            first.pollLastEntry();
        }
    }

    private void noteLabel(String label, Seen seen) {
        labels.merge(label, seen, Seen::plus);
        if (labels.size() > maxLabels) {
            labels.pollLastEntry();
        }
    }

    /** Takes a row into account; its place is asked for only where it is needed. */
    public void note(FileRow row, Supplier<Place> place) {
        if (!row.isGood()) {
            badCount++;
            noteFirst(bad, place.get(), row.problem());
            if (row.isUnreadable()) {
                noteFirst(unreadable, place.get(), row.problem());
            }
            return;
        }
        if (row.label() != null) {
            Seen seen = labels.get(row.label());
            if (seen == null) {
                noteLabel(row.label(), new Seen(place.get(), 1));
            } else {
                labels.put(row.label(), new Seen(seen.first, seen.rows + 1));
            }
        }
        moments.add(row.values(), row.weight());
    }

    /**
     * Surveys one Spark partition.
     *
     * @param parser of its rows
     * @param values numbers in a row
     * @param columns of which means and deviations are wanted, the first ones
     * @param classes labels that are wanted
     */
    public record Task(RowParser parser, int values, int columns, int classes)
            implements FlatMapFunction<Iterator<Row>, Survey> {
        public static Task of(RowParser parser, FileData files) {
            int values = files.layout().values();
            int classes = files.kind().labels() ? files.kind().classes(files.outputs()) : 0;
            int standardized = files.kind() == TargetKind.NUMBERS ? values : files.inputs();
            return new Task(parser, values, files.standardize() ? standardized : 0, classes);
        }

        /** The same, but for means and deviations. */
        public Task withoutMoments() {
            return new Task(parser, values, 0, classes);
        }

        @Override
        public Iterator<Survey> call(Iterator<Row> rows) {
            Survey survey = new Survey(this);
            RowCursor cursor = new RowCursor(rows, parser, values);
            Supplier<Place> place = cursor::place;
            while (cursor.next()) {
                survey.note(cursor.row(), place);
            }
            survey.finish(cursor);
            return List.of(survey).iterator();
        }
    }
}
