package dev.sparkprop.config;

import com.typesafe.config.ConfigUtil;
import dev.sparkprop.data.tables.SparkTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Creates the description of a table that Spark reads from the settings under {@code data}. */
final class SparkTableSettings {
    private final Settings settings;

    SparkTableSettings(Settings settings) {
        this.settings = settings;
    }

    /** Returns the table. Records invalid settings. */
    SparkTable table() {
        List<String> given = Stream.of("data.table", "data.query", "data.format")
                .filter(settings::has)
                .toList();
        if (given.size() != 1) {
            settings.invalid(
                    "data.source",
                    "spark with " + (given.isEmpty() ? "none of them" : String.join(" and ", given)),
                    "must have one of data.table, data.query and data.format");
        }
        if (settings.has("data.path") && !settings.has("data.format")) {
            settings.invalid("data.path", settings.text("data.path"), "must be set only with data.format");
        }
        Map<String, String> options = new LinkedHashMap<>();
        for (String name : settings.names("data.options")) {
            options.put(name, settings.text("data.options." + ConfigUtil.quoteString(name)));
        }
        return new SparkTable(text("data.table"), text("data.query"), text("data.format"), options);
    }

    private Optional<String> text(String key) {
        return settings.has(key) ? Optional.of(settings.text(key)) : Optional.empty();
    }
}
