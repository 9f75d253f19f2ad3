package dev.sparkprop.config;

import com.typesafe.config.ConfigUtil;
import dev.sparkprop.data.columns.CategoryEncoding;
import dev.sparkprop.data.columns.ColumnRule;
import dev.sparkprop.data.columns.ColumnRules;
import dev.sparkprop.data.columns.ColumnType;
import dev.sparkprop.data.columns.DatePart;
import dev.sparkprop.data.columns.DateText;
import dev.sparkprop.data.columns.HashEncoding;
import dev.sparkprop.data.columns.Missing;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Creates the rules of feature columns from the settings under {@code data}. */
final class ColumnSettings {
    /** The settings of a single column. */
    static final List<String> KEYS =
            List.of("type", "encoding", "buckets", "min-count", "missing", "missing-indicator", "parts", "zone");

    /** The section with one subsection per column. */
    static final String SECTION = "data.columns";

    private final Settings settings;

    ColumnSettings(Settings settings) {
        this.settings = settings;
    }

    /** Returns the rules. Records invalid settings. */
    ColumnRules rules() {
        ColumnRule others = rule("data", Optional.empty(), ColumnRule.PLAIN);
        Map<String, ColumnRule> named = new LinkedHashMap<>();
        if (settings.has("data.categorical")) {
            for (String column : settings.texts("data.categorical")) {
                named.put(column, others.withType(ColumnType.CATEGORY));
            }
        }
        for (String column : settings.names(SECTION)) {
            named.put(column, named(column, named.getOrDefault(column, others)));
        }
        List<String> nullValues = settings.texts("data.null-values");
        return new ColumnRules(others, named, nullValues, settings.constant("data.unseen", ColumnRules.Unseen.class));
    }

    private ColumnRule named(String column, ColumnRule fallback) {
        String section = SECTION + "." + ConfigUtil.quoteString(column);
        String type = section + ".type";
        return rule(
                section,
                settings.has(type) ? Optional.of(settings.constant(type, ColumnType.class)) : fallback.type(),
                fallback);
    }

    private ColumnRule rule(String section, Optional<ColumnType> type, ColumnRule fallback) {
        String encoding = section + ".encoding";
        String missing = section + ".missing";
        String indicator = section + ".missing-indicator";
        String parts = section + ".parts";
        return new ColumnRule(
                type,
                settings.has(encoding) ? settings.constant(encoding, CategoryEncoding.class) : fallback.encoding(),
                integer(section + ".buckets", HashEncoding.MAX_BUCKETS, fallback.buckets()),
                integer(section + ".min-count", Integer.MAX_VALUE, fallback.minCount()),
                settings.has(missing) ? settings.constant(missing, Missing.class) : fallback.missing(),
                settings.has(indicator) ? settings.flag(indicator) : fallback.missingIndicator(),
                settings.has(parts) ? settings.constants(parts, DatePart.class) : fallback.parts(),
                zone(section + ".zone", fallback));
    }

    private int integer(String key, int max, int fallback) {
        return settings.has(key) ? (int) settings.integer(key, 1, max) : fallback;
    }

    private DateText zone(String key, ColumnRule fallback) {
        if (!settings.has(key)) {
            return fallback.dates();
        }
        try {
            return new DateText(ZoneId.of(settings.text(key)), true);
        } catch (DateTimeException e) {
            settings.invalid(key, settings.text(key), "must be a time zone, such as UTC or Europe/Paris");
            return fallback.dates();
        }
    }
}
