package dev.sparkprop.spark;

import dev.sparkprop.data.FileData;
import dev.sparkprop.data.TargetKind;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What each column of a file is for.
 *
 * @param names of the columns, in the order of the file
 * @param features columns that are features, in the order of the net's inputs
 * @param targets columns that are targets, in the order of the net's outputs
 * @param weight column of weights, or −1
 * @param kind of the targets
 */
record Columns(List<String> names, List<Integer> features, List<Integer> targets, int weight, TargetKind kind)
        implements Serializable {

    /** Finds the columns of a configuration among those of a file. */
    static Columns of(List<String> names, FileData files, String file) {
        List<Integer> targets = indices("data.target", files.targets(), names, file);
        List<Integer> weights =
                indices("data.weight", files.weight().map(List::of).orElse(List.of()), names, file);
        List<Integer> features = new ArrayList<>(indices("data.features", files.features(), names, file));
        if (features.isEmpty()) {
            for (int i = 0; i < names.size(); i++) {
                if (!targets.contains(i) && !weights.contains(i)) {
                    features.add(i);
                }
            }
        }
        return new Columns(
                List.copyOf(names),
                List.copyOf(features),
                targets,
                weights.isEmpty() ? -1 : weights.get(0),
                files.kind());
    }

    private static List<Integer> indices(String key, List<String> wanted, List<String> names, String file) {
        return wanted.stream()
                .map(name -> {
                    int index = names.indexOf(name);
                    if (index < 0) {
                        throw new BadDataException(
                                file + ": No column " + name + " (" + key + "; there are " + shown(names) + ")");
                    }
                    return index;
                })
                .toList();
    }

    /** Refuses files that do not have as many features as the net has inputs. */
    static void checkInputs(int inputs, List<String> features, String file) {
        if (features.size() != inputs) {
            throw new BadDataException(file + ": " + features.size() + " features (" + shown(features)
                    + "), where network.layers begins with " + inputs);
        }
    }

    private static String shown(List<String> names) {
        int most = 20;
        return names.size() <= most
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
    }

    /** Names of the features. */
    List<String> featureNames() {
        return features.stream().map(names::get).toList();
    }

    /** Checks a number in its column and takes it over. */
    void number(int column, int into, double value, String text, FileRow row) {
        if (!FileRow.usable(value)) {
            row.invalid(names.get(column), text, "must be a finite number");
        } else if (into >= features.size() && !kind.allows(value)) {
            row.invalid(names.get(column), text, "must be from 0 to 1");
        } else {
            row.values[into] = value;
        }
    }

    /** Checks a weight and takes it over. */
    void weight(double value, String text, FileRow row) {
        if (FileRow.usable(value) && value >= 0) {
            row.weight = value;
        } else {
            row.invalid(names.get(weight), text, "must be a finite number >= 0");
        }
    }
}
