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

/** Makes a description of files of the settings of {@code data}. */
final class FileSettings {
    private final Settings settings;

    FileSettings(Settings settings) {
        this.settings = settings;
    }

    /** Whether {@code data.source} names a format of files. */
    static boolean name(Settings settings) {
        return settings.has("data.source")
                && ConstantName.parse(FileFormat.class, settings.text("data.source"))
                        .isPresent();
    }

    /** The description; null, with the problem noted, where settings do not make one. */
    FileData files(Topology topology) {
        FileFormat format = settings.constant("data.source", FileFormat.class);
        boolean located = settings.required("data.path", "files, directories or patterns of them");
        int before = settings.problems().size();
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
        if (!located || topology == null || settings.problems().size() > before) {
            return null;
        }
        TargetKind kind = kind(topology);
        List<String> paths = settings.paths("data.path");
        if (format == FileFormat.LIBSVM && kind.columns(topology.outputs()) > 1) {
            settings.invalid("network.layers", topology.layers(), "must end with 1, the one label of a row of libsvm");
            return null;
        }
        if (targets.size() != kind.columns(topology.outputs())) {
            int columns = kind.columns(topology.outputs());
            settings.invalid(
                    "data.target",
                    targets,
                    columns == 1
                            ? "must be one column, of labels"
                            : "must be " + columns + " columns, as network.layers ends with " + columns);
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

    /** What the net's outputs can learn. */
    private static TargetKind kind(Topology topology) {
        return switch (topology.output()) {
            case SOFTMAX -> TargetKind.CLASSES;
            case SIGMOID -> topology.outputs() == 1 ? TargetKind.TWO_CLASSES : TargetKind.FRACTIONS;
            case LINEAR -> TargetKind.NUMBERS;
        };
    }

    private FileData.Csv csv() {
        // a shell hands over a tab as two characters
        char separator = settings.text("data.separator").equals("\\t") ? '\t' : settings.character("data.separator");
        char quote = settings.character("data.quote");
        char escape = settings.has("data.escape") ? settings.character("data.escape") : FileData.Csv.NO_ESCAPE;
        if (separator == quote) {
            settings.invalid("data.quote", quote, "must not be data.separator");
        }
        if (escape == separator || escape == quote) {
            settings.invalid("data.escape", escape, "must be neither data.separator nor data.quote");
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
                                ? "must be named once, and be neither a feature nor target nor weight"
                                : "must be named once among features, target and weight"));
    }
}
