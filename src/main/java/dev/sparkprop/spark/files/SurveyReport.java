package dev.sparkprop.spark.files;

import dev.sparkprop.data.Moments;
import dev.sparkprop.data.columns.Feature;
import dev.sparkprop.data.columns.Missing;
import dev.sparkprop.data.tables.BadRows;
import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Describes the results of a survey and checks whether the files can be used for training. */
public final class SurveyReport {
    /** The number of unexpected classes to list. */
    private static final int MORE_CLASSES = 10;

    /** The number of columns with missing values to list. */
    private static final int MAX_COLUMNS = 20;

    private final FileData files;
    private final Survey survey;
    private final List<Feature> features;
    private final String rowName;
    private final Use use;

    /** What the rows are read for. It determines what a user can do about bad rows. */
    public enum Use {
        /** To train a network. */
        TRAINING(
                "set data.on-bad-row = skip to skip bad rows",
                "Set data.missing = median to replace them, or data.missing = skip to skip these rows"),
        /** To evaluate a network. */
        EVALUATION("use --on-bad-row skip to skip bad rows", Use.NOT_REPLACED),
        /** To predict their targets. */
        PREDICTION(
                "use --on-bad-row skip to skip bad rows, or --on-bad-row null to write them without a prediction",
                Use.NOT_REPLACED);

        private static final String NOT_REPLACED =
                "The network cannot replace them: it was trained with data.missing = fail or skip";

        private final String badRows;
        private final String missing;

        Use(String badRows, String missing) {
            this.badRows = badRows;
            this.missing = missing;
        }
    }

    /** Creates a report about the rows of a source. */
    public SurveyReport(FileData files, Survey survey, RowSource source, Use use) {
        this.use = use;
        this.files = files;
        this.survey = survey;
        this.features = source.features();
        this.rowName = source.parser().rowName();
    }

    /** Rejects files that cannot be used for training. */
    public void check() {
        checkRows();
        if (files.kind().labels()) {
            checkLabels();
        }
        checkWeights();
    }

    /** Rejects files that cannot be evaluated with the given classes; empty if targets are numbers. */
    public void checkSameClasses(List<String> classes) {
        checkRows();
        List<String> unknown = survey.labels().entrySet().stream()
                .filter(label -> files.kind().labels() && !classes.contains(label.getKey()))
                .limit(MORE_CLASSES)
                .map(this::shown)
                .toList();
        if (!unknown.isEmpty()) {
            throw new BadDataException(paths() + ": Invalid " + files.targets().get(0)
                    + " (must be one of the classes of the training examples: "
                    + String.join(", ", classes) + "):\n  "
                    + String.join("\n  ", unknown));
        }
        checkWeights();
    }

    private void checkRows() {
        checkReadable();
        if (files.badRows() == BadRows.FAIL) {
            checkNoBadRows();
        }
        checkNotEmpty();
    }

    /** Rejects files that cannot be read to the end. Skipping their rest would lose more than bad rows. */
    public void checkReadable() {
        if (!survey.firstUnreadable().isEmpty()) {
            throw new BadDataException(String.join("\n", lines(survey.firstUnreadable())));
        }
    }

    /** Rejects bad rows. */
    public void checkNoBadRows() {
        if (survey.badRows() > 0) {
            throw new BadDataException(badText() + " (" + use.badRows + ")");
        }
    }

    /** Rejects files without any valid row. */
    public void checkNotEmpty() {
        if (survey.examples() == 0) {
            throw survey.badRows() > 0 ? new BadDataException(badText()) : ReadFailures.noExamples(files);
        }
    }

    /**
     * Returns lines that describe unseen categories and bad rows; empty if there are none.
     *
     * @param action what has been done with the rows, such as {@code Skipped}
     */
    public List<String> notes(String action) {
        List<String> lines = new ArrayList<>();
        if (survey.unseen() > 0) {
            lines.add(Words.count(survey.unseen(), "row") + " with a category that no training example had"
                    + " (data.unseen = other)");
        }
        if (survey.badRows() == 0) {
            return lines;
        }
        String rows = Words.count(survey.badRows(), "bad row");
        lines.add(action + " " + rows + (survey.badRows() > survey.firstBad().size() ? ", such as:" : ":"));
        badRows().forEach(row -> lines.add("  " + row));
        return lines;
    }

    /** Rejects files in which all training examples, or all held-out examples, have weight 0. */
    public void checkHeldOut(Moments training) {
        if (training.hasZeroWeight()) {
            throw new BadDataException(paths() + ": the weights of all training examples are 0");
        }
        if (training.hasSameWeightAs(survey.statistics().moments())) {
            throw new BadDataException(paths() + ": the weights of all held-out examples are 0");
        }
    }

    /** Rejects files in which all examples have weight 0. */
    public void checkWeights() {
        if (survey.statistics().moments().hasZeroWeight()) {
            throw new BadDataException(paths() + ": all weights are 0");
        }
    }

    private String badText() {
        List<String> lines = new ArrayList<>(badRows());
        String rows = Words.count(survey.badRows(), "bad row");
        String shown = survey.badRows() > lines.size() ? "; the first ones are listed above" : "";
        lines.add(rows + " in " + paths() + shown);
        lines.addAll(missingValues());
        return String.join("\n", lines);
    }

    /** Returns lines that count the missing values of columns in which they are not allowed, and state a remedy. */
    private List<String> missingValues() {
        List<String> columns = IntStream.range(0, features.size())
                .filter(i -> survey.missing(i) > 0 && features.get(i).missing() == Missing.FAIL)
                .mapToObj(i ->
                        String.format(Locale.ROOT, "  %s: %,d", features.get(i).name(), survey.missing(i)))
                .toList();
        if (columns.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("Values are missing in " + Words.count(survey.rowsWithMissing(), "row") + ":");
        columns.stream().limit(MAX_COLUMNS).forEach(lines::add);
        if (columns.size() > MAX_COLUMNS) {
            lines.add("  and in " + Words.count(columns.size() - MAX_COLUMNS, "other column"));
        }
        lines.add(use.missing);
        return lines;
    }

    /** Returns descriptions of the first bad rows, with their places. */
    public List<String> badRows() {
        return lines(survey.firstBad());
    }

    private List<String> lines(Map<Place, String> rows) {
        return rows.entrySet().stream()
                .map(bad -> shown(bad.getKey()) + ": " + bad.getValue())
                .toList();
    }

    /** Returns the names of the classes, in order; empty if targets are numbers. */
    public List<String> classes() {
        return List.copyOf(survey.labels().keySet());
    }

    private void checkLabels() {
        int requiredClasses = files.kind().classes(files.outputs());
        int found = survey.labels().size();
        if (found == requiredClasses) {
            return;
        }
        int maxShown = requiredClasses + MORE_CLASSES;
        List<String> lines = new ArrayList<>();
        survey.labels().entrySet().stream().limit(maxShown).map(this::shown).forEach(lines::add);
        if (found > maxShown) {
            lines.add("…");
        }
        String column = files.targets().get(0);
        lines.add(
                0,
                paths() + ": Invalid " + column + ": " + (found > maxShown ? "more than " + maxShown : found)
                        + (found == 1 ? " class" : " classes") + " (must be " + requiredClasses + ", "
                        + (requiredClasses == 2 && files.outputs() == 1
                                ? "for a single sigmoid output"
                                : "because network.layers ends with " + files.outputs())
                        + "):");
        throw new BadDataException(String.join("\n  ", lines));
    }

    private String shown(Map.Entry<String, Survey.Occurrences> label) {
        return String.format(
                Locale.ROOT,
                "%s in %s, first at %s",
                label.getKey(),
                Words.count(label.getValue().rows(), "row"),
                shown(label.getValue().first()));
    }

    /** Returns a place as file and line. The line number includes the rows in earlier splits of the file. */
    private String shown(Place place) {
        long before = survey.counts().entrySet().stream()
                .filter(count -> count.getKey().file().equals(place.split().file()))
                .filter(count -> count.getKey().start() < place.split().start())
                .mapToLong(count -> count.getValue().rows())
                .sum();
        String file = FileSystems.shown(place.split().file());
        long number = before + place.position() + 1;
        return rowName.equals("line") ? file + ":" + number : file + ", " + rowName + " " + number;
    }

    private String paths() {
        return files.place();
    }
}
