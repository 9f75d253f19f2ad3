package dev.sparkprop.spark.files;

import dev.sparkprop.data.FileData;
import dev.sparkprop.data.FileFormat;
import dev.sparkprop.data.TargetKind;
import dev.sparkprop.text.NumberText;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What each column of a file is for.
 *
 * @param names of the columns, in the order of the file
 * @param features columns that are features, in the order of the net's inputs
 * @param targets columns that are targets, in the order of the net's outputs
 * @param weight column of weights, or −1
 * @param kind of the targets
 */
public record Columns(List<String> names, List<Integer> features, List<Integer> targets, int weight, TargetKind kind)
        implements Serializable {

    private static final Pattern DECIMAL_COMMA = Pattern.compile("\\s*[-+]?\\d{1,20},\\d{1,20}\\s*");

    /** Finds the columns of a configuration among those of a file. */
    public static Columns of(List<String> names, FileData files, String file) {
        List<Integer> targets = indices("data.target", files.targets(), names, files, file);
        List<Integer> weights =
                indices("data.weight", files.weight().map(List::of).orElse(List.of()), names, files, file);
        List<String> excluded = files.excluded();
        indices("data.exclude", excluded, names, files, file);
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
                    throw new BadDataException(file + ": Two columns are called " + name
                            + " (leave them out with data.exclude, or rename one" + headerMeant(names, files) + ")");
                });
        return new Columns(
                List.copyOf(names),
                List.copyOf(features),
                targets,
                weights.isEmpty() ? -1 : weights.get(0),
                files.kind());
    }

    private static String headerMeant(List<String> names, FileData files) {
        boolean header = files.format() == FileFormat.CSV && files.csv().header();
        return header && names.stream().anyMatch(name -> !Double.isNaN(NumberText.parse(name)))
                ? "; if the file has no header: data.header = false"
                : "";
    }

    private static List<Integer> indices(
            String key, List<String> wanted, List<String> names, FileData files, String file) {
        return wanted.stream()
                .map(name -> {
                    int index = names.indexOf(name);
                    if (index < 0) {
                        throw new BadDataException(file + ": No column " + name + " (" + key + "; there are "
                                + shown(names) + headerMeant(names, files) + ")");
                    }
                    return index;
                })
                .toList();
    }

    /** Refuses files that do not have as many features as the net has inputs. */
    public static void checkInputs(int inputs, List<String> features, FileData files, String file) {
        if (features.size() != inputs) {
            throw new BadDataException(file + ": " + features.size() + " features (" + shown(features)
                    + "), where network.layers begins with " + inputs
                    + (files.features().isEmpty()
                            ? " (data.exclude leaves columns out, data.features names those that are features)"
                            : ""));
        }
    }

    private static String shown(List<String> names) {
        int most = 20;
        return names.size() <= most
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
    }

    /** Names of the features. */
    public List<String> featureNames() {
        return features.stream().map(names::get).toList();
    }

    /** Checks a number in its column and takes it over. */
    public void number(int column, int into, double value, String text, FileRow row) {
        if (!FileRow.usable(value)) {
            row.invalid(names.get(column), text, "must be a finite number" + pointMeant(text));
        } else if (into >= features.size() && !kind.allows(value)) {
            row.invalid(names.get(column), text, "must be from 0 to 1");
        } else {
            row.values()[into] = value;
        }
    }

    private static String pointMeant(String text) {
        return DECIMAL_COMMA.matcher(text).matches() ? " with a point, not a comma" : "";
    }

    /** Checks a weight and takes it over. */
    public void weight(double value, String text, FileRow row) {
        if (FileRow.usable(value) && value >= 0) {
            row.weigh(value);
        } else {
            row.invalid(names.get(weight), text, "must be a finite number >= 0");
        }
    }
}
