package dev.sparkprop.spark.files;

import dev.sparkprop.data.BadRows;
import dev.sparkprop.data.FileData;
import dev.sparkprop.data.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a survey found, in words, and whether it can be trained on. */
public final class SurveyReport {
    /** Classes that are shown beyond as many as there should be. */
    private static final int MORE_CLASSES = 10;

    private final FileData files;
    private final Survey survey;
    private final String rowName;

    /** With what the files call a row. */
    public SurveyReport(FileData files, Survey survey, String rowName) {
        this.files = files;
        this.survey = survey;
        this.rowName = rowName;
    }

    /** Refuses what cannot be trained on. */
    public void check() {
        checkRows();
        if (files.kind().labels()) {
            checkLabels();
        }
        checkWeights(survey.moments());
    }

    /** Refuses what cannot be compared with what was learned of these classes, if there are any. */
    public void checkLike(List<String> classes) {
        checkRows();
        List<String> unknown = survey.labels().entrySet().stream()
                .filter(label -> files.kind().labels() && !classes.contains(label.getKey()))
                .limit(MORE_CLASSES)
                .map(this::shown)
                .toList();
        if (!unknown.isEmpty()) {
            throw new BadDataException(paths() + ": Invalid " + files.targets().get(0) + " (must be one of "
                    + String.join(", ", classes) + ", the classes of the examples to learn from):\n  "
                    + String.join("\n  ", unknown));
        }
        checkWeights();
    }

    private void checkRows() {
        checkReadable();
        if (files.badRows() == BadRows.FAIL) {
            checkNoneBad("data.on-bad-row = skip leaves bad rows out");
        }
        checkForAny();
    }

    /** Refuses files that end in the middle of what they hold: leaving that out would leave out more than bad rows. */
    public void checkReadable() {
        if (!survey.firstUnreadable().isEmpty()) {
            throw new BadDataException(String.join("\n", lines(survey.firstUnreadable())));
        }
    }

    /**
     * Refuses bad rows.
     *
     * @param remedy what the user can do about them, in words
     */
    public void checkNoneBad(String remedy) {
        if (survey.badRows() > 0) {
            throw new BadDataException(badText() + " (" + remedy + ")");
        }
    }

    /** Refuses files without a good row. */
    public void checkForAny() {
        if (survey.examples() == 0) {
            throw survey.badRows() > 0 ? new BadDataException(badText()) : ReadFailures.noExamples(files);
        }
    }

    /** What to say of bad rows that do not stop the work; nothing if there are none. */
    public List<String> leftOut(String what) {
        if (survey.badRows() == 0) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        String rows =
                survey.badRows() == 1 ? "1 bad row" : String.format(Locale.ROOT, "%,d bad rows", survey.badRows());
        lines.add(what + " " + rows + (survey.badRows() > survey.firstBad().size() ? ", such as:" : ":"));
        badRows().forEach(row -> lines.add("  " + row));
        return lines;
    }

    /** Refuses examples of which none counts, in the part to learn from or in the other. */
    public void checkHeldOut(Moments training) {
        checkWeights(training);
        if (training.weighsAsMuchAs(survey.moments())) {
            throw new BadDataException(paths() + ": all weights of the examples that are held out are 0");
        }
    }

    /** Refuses examples that all weigh 0. */
    public void checkWeights() {
        checkWeights(survey.moments());
    }

    private void checkWeights(Moments moments) {
        if (moments.weightless()) {
            throw new BadDataException(paths() + ": all weights are 0");
        }
    }

    private String badText() {
        List<String> lines = new ArrayList<>(badRows());
        String rows =
                survey.badRows() == 1 ? "1 bad row" : String.format(Locale.ROOT, "%,d bad rows", survey.badRows());
        String shown = survey.badRows() > lines.size() ? ", of which these are the first" : "";
        lines.add(rows + " in " + paths() + shown);
        return String.join("\n", lines);
    }

    /** The first bad rows, with their places. */
    public List<String> badRows() {
        return lines(survey.firstBad());
    }

    private List<String> lines(Map<Place, String> rows) {
        return rows.entrySet().stream()
                .map(bad -> shown(bad.getKey()) + ": " + bad.getValue())
                .toList();
    }

    /** Names of the classes, in their order; none if targets are numbers. */
    public List<String> classes() {
        return List.copyOf(survey.labels().keySet());
    }

    private void checkLabels() {
        int wanted = files.kind().classes(files.outputs());
        int found = survey.labels().size();
        if (found == wanted) {
            return;
        }
        int most = wanted + MORE_CLASSES;
        List<String> lines = new ArrayList<>();
        survey.labels().entrySet().stream().limit(most).map(this::shown).forEach(lines::add);
        if (found > most) {
            lines.add("and more");
        }
        String column = files.targets().get(0);
        lines.add(
                0,
                paths() + ": Invalid " + column + ": " + (found > most ? "more than " + most : found)
                        + (found == 1 ? " class" : " classes") + " (must be " + wanted + ", "
                        + (wanted == 2 && files.outputs() == 1
                                ? "for one sigmoid output"
                                : "as network.layers ends with " + files.outputs())
                        + "):");
        throw new BadDataException(String.join("\n  ", lines));
    }

    private String shown(Map.Entry<String, Survey.Seen> label) {
        return String.format(
                Locale.ROOT,
                "%s in %,d rows, first at %s",
                label.getKey(),
                label.getValue().rows(),
                shown(label.getValue().first()));
    }

    /** A place as file and line: rows of the same file in splits before count. */
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
        return String.join(", ", files.paths());
    }
}
