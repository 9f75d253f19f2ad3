package dev.sparkprop.config;

import com.typesafe.config.ConfigUtil;
import dev.sparkprop.data.TargetKind;
import dev.sparkprop.data.TextCharset;
import dev.sparkprop.data.columns.ColumnRules;
import dev.sparkprop.data.tables.BadRows;
import dev.sparkprop.data.tables.ClassWeights;
import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.data.tables.FileFormat;
import dev.sparkprop.data.tables.RowOrder;
import dev.sparkprop.data.tables.SparkTable;
import dev.sparkprop.network.Topology;
import dev.sparkprop.text.ConstantName;
import dev.sparkprop.text.Label;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
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

    /**
     * Returns the description. If the settings are invalid, records the problem and returns null.
     *
     * @param inputs the number of inputs; empty if it follows from the files
     */
    FileData files(Topology topology, OptionalInt inputs) {
        FileFormat format = settings.constant("data.source", FileFormat.class);
        boolean isTable = format == FileFormat.SPARK;
        boolean hasPaths = isTable || settings.required("data.path", "files, directories or patterns of them");
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
        ColumnRules columnRules = new ColumnSettings(settings).rules();
        Optional<SparkTable> table = isTable ? Optional.of(new SparkTableSettings(settings).table()) : Optional.empty();
        RowOrder order = order();
        ClassWeights classWeights = classWeights();
        checkDistinct(features, excluded, targets, weight);
        if (!hasPaths || topology == null || settings.problems().size() > problemsBefore) {
            return null;
        }
        TargetKind kind = kind(topology);
        if (!classWeights.isNone() && !kind.labels()) {
            settings.invalid("data.class-weight", "set", "must be set only for classes");
            return null;
        }
        if (format == FileFormat.LIBSVM && !columnRules.equals(ColumnRules.NONE)) {
            settings.invalid(
                    "data.source",
                    "libsvm",
                    "must be csv, parquet or spark to set data.columns, data.categorical, data.missing or similar keys");
            return null;
        }
        List<String> paths = settings.has("data.path") ? settings.paths("data.path") : List.of();
        if (format == FileFormat.LIBSVM && kind.columns(topology.outputs()) > 1) {
            settings.invalid(
                    "network.layers", topology.layers(), "must end with 1, because libsvm rows have one label");
            return null;
        }
        if (format == FileFormat.LIBSVM && inputs.isEmpty()) {
            settings.invalid(
                    "network.layers", "auto", "must start with a number, because libsvm files do not state it");
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
                inputs,
                topology.outputs(),
                badRows,
                standardize,
                columnRules,
                table,
                order,
                classWeights);
    }

    /** Returns the kind of targets that the network's outputs can learn. */
    private static TargetKind kind(Topology topology) {
        return switch (topology.output()) {
            case SOFTMAX -> TargetKind.CLASSES;
            case SIGMOID -> topology.outputs() == 1 ? TargetKind.TWO_CLASSES : TargetKind.FRACTIONS;
            case LINEAR -> TargetKind.NUMBERS;
        };
    }

    private RowOrder order() {
        RowOrder.Kind kind = settings.constant("data.order", RowOrder.Kind.class);
        if (settings.has("data.order-by")) {
            if (kind != RowOrder.Kind.AUTO) {
                settings.invalid(
                        "data.order", settings.text("data.order"), "must not be set together with data.order-by");
            }
            return RowOrder.by(settings.texts("data.order-by"));
        } else if (kind == RowOrder.Kind.COLUMNS) {
            settings.invalid("data.order", "columns", "must be auto or content; set data.order-by to order by columns");
        }
        return new RowOrder(kind == RowOrder.Kind.COLUMNS ? RowOrder.Kind.AUTO : kind, List.of());
    }

    private ClassWeights classWeights() {
        String key = "data.class-weight";
        if (settings.names(key).isEmpty()) {
            if (settings.has(key) && !settings.text(key).equals("balanced")) {
                settings.invalid(
                        key, settings.text(key), "must be balanced, or a number per class: { no = 1, yes = 5 }");
            }
            return settings.has(key) ? ClassWeights.BALANCED : ClassWeights.NONE;
        }
        Map<String, Double> factors = new TreeMap<>();
        for (String name : settings.names(key)) {
            factors.put(Label.name(name), settings.positive(key + "." + ConfigUtil.quoteString(name)));
        }
        return new ClassWeights(false, factors);
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
