package dev.sparkprop.config;

import dev.sparkprop.data.BadRows;
import dev.sparkprop.data.FileData;
import dev.sparkprop.data.FileFormat;
import dev.sparkprop.data.TargetKind;
import dev.sparkprop.data.TextCharset;
import dev.sparkprop.network.Topology;
import dev.sparkprop.text.ConstantName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Creates the description of data files from the settings under {@code data}. */
final class FileSettings {
    private final Settings settings;

    FileSettings(Settings settings) {
        this.settings = settings;
    }

    /** Returns true if {@code data.source} names a file format. */
    static boolean name(Settings settings) {
        return settings.has("data.source")
                && ConstantName.parse(FileFormat.class, settings.text("data.source"))
                        .isPresent();
    }

    /** Returns the description. If the settings are invalid, records the problem and returns null. */
    FileData files(Topology topology) {
        FileFormat format = settings.constant("data.source", FileFormat.class);
        boolean hasPaths = settings.required("data.path", "files, directories or patterns of them");
        int problemsBefore = settings.problems().size();
        FileData.Csv csv = csv();
        List<String> features = format != FileFormat.LIBSVM && settings.has("data.features")
                ? settings.texts("data.features")
                : List.of();
        List<String> excluded = format != FileFormat.LIBSVM && settings.has("data.exclude")
                ? settings.texts("data.exclude")
                : List.of();
        List<String> targets = settings.texts("data.target");
        Optional<String> weight = format != FileFormat.LIBSVM && settings.has("data.weight")
                ? Optional.of(settings.text("data.weight"))
                : Optional.empty();
        BadRows badRows = settings.constant("data.on-bad-row", BadRows.class);
        boolean standardize = settings.flag("data.standardize");
        checkDistinct(features, excluded, targets, weight);
        if (!hasPaths || topology == null || settings.problems().size() > problemsBefore) {
            return null;
        }
        TargetKind kind = kind(topology);
        List<String> paths = settings.paths("data.path");
        if (format == FileFormat.LIBSVM && kind.columns(topology.outputs()) > 1) {
            settings.invalid(
                    "network.layers", topology.layers(), "must end with 1, because libsvm rows have one label");
            return null;
        }
        if (targets.size() != kind.columns(topology.outputs())) {
            int columns = kind.columns(topology.outputs());
            settings.invalid(
                    "data.target",
                    targets,
                    columns == 1
                            ? "must be one column with labels"
                            : "must be " + columns + " columns, because network.layers ends with " + columns);
            return null;
        }
        return new FileData(
                format,
                paths,
                csv,
                features,
                excluded,
                targets,
                weight,
                kind,
                topology.inputs(),
                topology.outputs(),
                badRows,
                standardize);
    }

    /** Returns the kind of targets that the network's outputs can learn. */
    private static TargetKind kind(Topology topology) {
        return switch (topology.output()) {
            case SOFTMAX -> TargetKind.CLASSES;
            case SIGMOID -> topology.outputs() == 1 ? TargetKind.TWO_CLASSES : TargetKind.FRACTIONS;
            case LINEAR -> TargetKind.NUMBERS;
        };
    }

    private FileData.Csv csv() {
        // a shell passes a tab as two characters
        char separator = settings.text("data.separator").equals("\\t") ? '\t' : settings.character("data.separator");
        char quote = settings.character("data.quote");
        char escape = settings.has("data.escape") ? settings.character("data.escape") : FileData.Csv.NO_ESCAPE;
        if (separator == quote) {
            settings.invalid("data.quote", quote, "must differ from data.separator");
        }
        if (escape == separator || escape == quote) {
            settings.invalid("data.escape", escape, "must differ from data.separator and data.quote");
        }
        return new FileData.Csv(
                settings.flag("data.header"), separator, quote, escape, settings.flag("data.multi-line"), charset());
    }

    private TextCharset charset() {
        try {
            return new TextCharset(settings.text("data.charset"));
        } catch (IllegalArgumentException e) {
            settings.invalid("data.charset", settings.text("data.charset"), e.getMessage());
            return TextCharset.UTF_8;
        }
    }

    private void checkDistinct(
            List<String> features, List<String> excluded, List<String> targets, Optional<String> weight) {
        List<String> all = Stream.of(features.stream(), excluded.stream(), targets.stream(), weight.stream())
                .flatMap(names -> names)
                .toList();
        all.stream()
                .filter(name -> all.indexOf(name) != all.lastIndexOf(name))
                .findFirst()
                .ifPresent(name -> settings.invalid(
                        weight.equals(Optional.of(name))
                                ? "data.weight"
                                : excluded.contains(name)
                                        ? "data.exclude"
                                        : features.contains(name) ? "data.features" : "data.target",
                        name,
                        excluded.contains(name)
                                ? "must be named once, and not be a feature, target or weight"
                                : "must be named only once in features, target and weight"));
    }
}
