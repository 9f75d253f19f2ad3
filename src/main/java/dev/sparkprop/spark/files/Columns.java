package dev.sparkprop.spark.files;

import dev.sparkprop.data.TargetKind;
import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.data.tables.FileFormat;
import dev.sparkprop.text.NumberText;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The roles of a file's columns.
 *
 * @param names the names of the columns, in the order of the file
 * @param features the indices of the feature columns, in the order of the network's inputs
 * @param targets the indices of the target columns, in the order of the network's outputs
 * @param weight the index of the weight column, or −1
 * @param kind the kind of the targets
 * @param skipsMissingTargets whether rows without a target are skipped; otherwise they are bad rows
 */
public record Columns(
        List<String> names,
        List<Integer> features,
        List<Integer> targets,
        int weight,
        TargetKind kind,
        boolean skipsMissingTargets)
        implements Serializable {
    /** What to do if columns are features by mistake. */
    public static final String SELECT_FEATURES = "use data.exclude or data.features to select the feature columns";

    /** Looks up the columns of a configuration in a file. */
    public static Columns of(List<String> names, FileData files, String file) {
        List<Integer> targets = indices("data.target", files.targets(), names, files, file);
        List<Integer> weights =
                indices("data.weight", files.weight().map(List::of).orElse(List.of()), names, files, file);
        List<String> excluded = files.excluded();
        indices("data.exclude", excluded, names, files, file);
        if (!targets.isEmpty()) {
            // a model also has a rule for its target, which files without targets do not contain
            indices("data.columns or data.categorical", files.columns().names(), names, files, file);
        }
        List<Integer> features = new ArrayList<>(indices("data.features", files.features(), names, files, file));
        if (features.isEmpty()) {
            for (int i = 0; i < names.size(); i++) {
                if (!targets.contains(i) && !weights.contains(i) && !excluded.contains(names.get(i))) {
                    features.add(i);
                }
            }
        }
        Stream.of(features, targets, weights)
                .flatMap(List::stream)
                .map(names::get)
                .filter(name -> names.indexOf(name) != names.lastIndexOf(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new BadDataException(file + ": two columns are named " + name
                            + " (exclude them with data.exclude, or rename one" + headerHint(names, files) + ")");
                });
        return new Columns(
                List.copyOf(names),
                List.copyOf(features),
                targets,
                weights.isEmpty() ? -1 : weights.get(0),
                files.kind(),
                files.skipsMissingTargets());
    }

    private static String headerHint(List<String> names, FileData files) {
        boolean header = files.format() == FileFormat.CSV && files.csv().header();
        return header && names.stream().anyMatch(name -> !Double.isNaN(NumberText.parse(name)))
                ? "; if the file has no header, set data.header = false"
                : "";
    }

    private static List<Integer> indices(
            String key, List<String> selected, List<String> names, FileData files, String file) {
        return selected.stream()
                .map(name -> {
                    int index = names.indexOf(name);
                    if (index < 0) {
                        throw new BadDataException(file + ": no column " + name + " (" + key + "; the columns are "
                                + shown(names) + headerHint(names, files) + ")");
                    }
                    return index;
                })
                .toList();
    }

    /**
     * Rejects files whose number of features differs from the network's number of inputs, if it is given.
     *
     * @param features the names of the features
     */
    public static void checkInputs(List<String> features, FileData files, String file) {
        int inputs = files.inputs().orElse(features.size());
        if (features.size() != inputs) {
            throw new BadDataException(file + ": " + features.size() + " features (" + shown(features)
                    + "), but network.layers starts with " + inputs + " (start it with " + features.size() + " or auto"
                    + (files.features().isEmpty() ? ", or " + SELECT_FEATURES + ")" : ")"));
        }
    }

    private static String shown(List<String> names) {
        int max = 20;
        return names.size() <= max
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, max)) + " and " + (names.size() - max) + " more";
    }

    /** Returns the names of the feature columns. */
    public List<String> featureNames() {
        return features.stream().map(names::get).toList();
    }

    /** Checks the label in the target column and stores it in the row. */
    public void label(int column, String text, CellReader cells, FileRow row) {
        if (skipsMissingTargets && cells.isMissing(text)) {
            row.skip();
        } else {
            row.label(names.get(column), text);
        }
    }

    /** Checks the number in a target column and stores it in the row, at position {@code into}. */
    public void target(int column, int into, double value, String text, CellReader cells, FileRow row) {
        if (skipsMissingTargets && Double.isNaN(value) && cells.isMissing(text)) {
            row.skip();
        } else if (!FileRow.usable(value)) {
            row.invalidCell(names.get(column), text, "must be a finite number" + CellReader.decimalPointHint(text));
        } else if (!kind.allows(value)) {
            row.invalidCell(names.get(column), text, "must be from 0 to 1");
        } else {
            row.values()[into] = value;
        }
    }

    /** Checks a weight and stores it in the row. */
    public void weight(double value, String text, FileRow row) {
        if (FileRow.usable(value) && value >= 0) {
            row.setWeight(value);
        } else {
            row.invalidCell(names.get(weight), text, "must be a finite number >= 0");
        }
    }
}
