package dev.sparkprop.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds unknown keys, which are usually misspelt. */
final class UnknownKeys {
    private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

    private UnknownKeys() {}

    /** Records each key of a configuration that is not in the defaults, and suggests the most similar known key. */
    static void note(Config config, Config defaults, Settings settings) {
        Map<String, ConfigValue> known = new TreeMap<>();
        flatten("", defaults.root(), known);
        Map<String, ConfigValue> given = new TreeMap<>();
        flatten("", config.root(), given);
        given.forEach((key, value) -> {
            boolean emptySection = value instanceof ConfigObject
                    && known.keySet().stream().anyMatch(other -> other.startsWith(key + "."));
            if (!known.containsKey(key) && !emptySection && !isColumnKey(key)) {
                settings.problem(settings.place(value, key), "Unknown key " + key + suggestion(key, known));
            }
        });
    }

    /** Returns true for keys that contain the name of a column or class. */
    private static boolean isColumnKey(String key) {
        if (key.startsWith(ColumnSettings.SECTION + ".")) {
            List<String> names = ConfigUtil.splitPath(key);
            return names.size() == 4 && ColumnSettings.KEYS.contains(names.get(3));
        }
        return (key.startsWith("data.class-weight.") || key.startsWith("data.options."))
                && ConfigUtil.splitPath(key).size() == 3;
    }

    private static void flatten(String prefix, ConfigObject object, Map<String, ConfigValue> keys) {
        object.forEach((name, value) -> {
            String key = prefix + ConfigUtil.joinPath(name);
            if (value instanceof ConfigObject inner && !inner.isEmpty()) {
                flatten(key + ".", inner, keys);
            } else {
                keys.put(key, value);
            }
        });
    }

    /**
     * Returns a suggestion of the most similar known key. Returns an empty text if more than half of the key would
     * have to change.
     */
    private static String suggestion(String key, Map<String, ConfigValue> known) {
        String nearest = known.keySet().stream()
                .min(Comparator.comparingInt((String candidate) -> distance(key, candidate)))
                .orElseThrow();
        return distance(key, nearest) <= key.length() / 2 ? " (did you mean " + nearest + "?)" : "";
    }

    /** Returns the edit distance of two keys. A correct last part in a wrong section counts as one edit. */
    private static int distance(String key, String candidate) {
        int lastNames = DISTANCE.apply(lastName(key), lastName(candidate)) + 1;
        return Math.min(DISTANCE.apply(key, candidate), lastNames);
    }

    private static String lastName(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }
}
