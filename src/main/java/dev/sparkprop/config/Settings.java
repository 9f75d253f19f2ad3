package dev.sparkprop.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.sparkprop.text.ConstantName;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/**
 * The values of a configuration, by key. An invalid value is recorded as a problem, with its file and line. A valid
 * placeholder is returned instead, so that reading continues and finds the remaining problems.
 */
final class Settings {
    private final Config config;
    private final Config defaults;
    private final String file;
    private final ConfigFiles files;
    private final List<String> problems = new ArrayList<>();

    Settings(Config config, Config defaults, String file, ConfigFiles files) {
        this.config = config;
        this.defaults = defaults;
        this.file = file;
        this.files = files;
    }

    List<String> problems() {
        return problems;
    }

    void problem(String place, String text) {
        problems.add(place + ": " + text);
    }

    /** Records that a value is invalid. */
    void invalid(String key, Object actual, String allowed) {
        problem(place(key), "Invalid " + key + ": " + actual + " (" + allowed + ")");
    }

    /** Returns the file and line where a key is set, or the configuration file if the key is not set. */
    String place(String key) {
        ConfigValue value = value(key);
        return value == null ? file : place(value, file);
    }

    String place(ConfigValue value, String fallback) {
        return files.place(value.origin(), fallback);
    }

    boolean has(String key) {
        return value(key) != null;
    }

    /** Returns the names of the values in a section, in alphabetical order; empty if it is not a section. */
    List<String> names(String section) {
        return value(section) instanceof ConfigObject object
                ? object.keySet().stream().sorted().toList()
                : List.of();
    }

    ConfigValue value(String key) {
        // the default applies if the key is null or a parent is not a section
        Config from = config.hasPath(key) ? config : defaults;
        return from.hasPath(key) ? from.getValue(key) : null;
    }

    /** Returns true if a required key is set. Otherwise, records the problem. */
    boolean required(String key, String allowed) {
        if (!has(key)) {
            problem(file, "Missing " + key + " (" + allowed + ")");
        }
        return has(key);
    }

    String text(String key) {
        ConfigValue value = value(key);
        if (value.valueType() == ConfigValueType.LIST || value.valueType() == ConfigValueType.OBJECT) {
            invalid(key, Values.text(value), "must be text");
            return "";
        }
        return String.valueOf(value.unwrapped());
    }

    <E extends Enum<E>> E constant(String key, Class<E> type) {
        return constant(key, text(key), type);
    }

    /** Returns the constants in a list, or the single constant if the value is not a list. */
    <E extends Enum<E>> List<E> constants(String key, Class<E> type) {
        if (!(value(key) instanceof ConfigList list)) {
            return List.of(constant(key, type));
        }
        return list.stream()
                .map(element -> constant(key, Values.text(element), type))
                .toList();
    }

    private <E extends Enum<E>> E constant(String key, String label, Class<E> type) {
        return ConstantName.parse(type, label).orElseGet(() -> {
            invalid(key, label, "must be " + String.join(" or ", ConstantName.all(type)));
            return type.getEnumConstants()[0];
        });
    }

    long integer(String key, long min, long max) {
        return integer(key, value(key), min, max, "");
    }

    /** Returns a whole number, or empty for {@code auto}. */
    OptionalInt integerOrAuto(String key, int min, int max) {
        return integerOr("auto", key, min, max);
    }

    /** Returns a whole number, or empty for the given word. */
    OptionalInt integerOr(String word, String key, int min, int max) {
        if (word.equals(value(key).unwrapped())) {
            return OptionalInt.empty();
        }
        return OptionalInt.of((int) integer(key, value(key), min, max, word + " or "));
    }

    long integer(String key, ConfigValue value, long min, long max, String alternative) {
        BigDecimal number = Values.number(value);
        if (number == null
                || number.compareTo(BigDecimal.valueOf(min)) < 0
                || number.compareTo(BigDecimal.valueOf(max)) > 0
                || number.stripTrailingZeros().scale() > 0) {
            invalid(key, Values.text(value), "must be " + alternative + "a whole number from " + min + " to " + max);
            return min;
        }
        return number.longValue();
    }

    double positive(String key) {
        return number(key, value -> value > 0, 1, "must be a number > 0");
    }

    /** Returns a number that is at least 0 and below 1. */
    double fraction(String key) {
        return number(key, value -> value >= 0 && value < 1, 0, "must be a number >= 0 and < 1");
    }

    /** Returns a finite number. If it is not allowed, records the problem and returns {@code fallback}. */
    double number(String key, DoublePredicate allowed, double fallback, String requirement) {
        BigDecimal number = Values.number(value(key));
        double value = number == null ? Double.NaN : number.doubleValue();
        if (!Double.isFinite(value) || !allowed.test(value)) {
            invalid(key, Values.text(value(key)), requirement);
            return fallback;
        }
        return value;
    }

    /** Returns the texts in a list, or the single text if the value is not a list. */
    List<String> texts(String key) {
        if (!(value(key) instanceof ConfigList list)) {
            return List.of(text(key));
        }
        if (list.isEmpty()
                || list.stream()
                        .anyMatch(element -> element.valueType() == ConfigValueType.LIST
                                || element.valueType() == ConfigValueType.OBJECT)) {
            invalid(key, Values.text(list), "must be text or a list of text");
        }
        return list.stream().map(element -> String.valueOf(element.unwrapped())).toList();
    }

    boolean flag(String key) {
        String text = text(key);
        if (!text.equals("true") && !text.equals("false")) {
            invalid(key, text, "must be true or false");
        }
        return text.equals("true");
    }

    char character(String key) {
        String text = text(key);
        if (text.length() != 1) {
            invalid(key, text, "must be one character");
        }
        return text.length() == 1 ? text.charAt(0) : ' ';
    }

    /** Returns a path. A relative path is resolved against the directory of the file that sets it. */
    String path(String key) {
        return path(key, text(key), value(key));
    }

    /** Returns one path or a list of paths. Relative paths are resolved as in {@link #path(String)}. */
    List<String> paths(String key) {
        List<String> texts = texts(key);
        return IntStream.range(0, texts.size())
                .mapToObj(
                        i -> path(key, texts.get(i), value(key) instanceof ConfigList list ? list.get(i) : value(key)))
                .toList();
    }

    private String path(String key, String path, ConfigValue value) {
        Optional<String> definingFile = files.file(value.origin());
        if (path.contains(":") || definingFile.isEmpty()) { // a colon ends the scheme of a URL
            return path;
        }
        try {
            Path file = Path.of(definingFile.get());
            return file.resolveSibling(FileNames.path(path)).toString();
        } catch (InvalidPathException e) {
            problem(place(key), "Invalid " + key + ": " + e.getMessage());
            return path;
        }
    }

    /** Returns a number from {@code min} to {@code max}, inclusive. */
    double number(String key, double min, double max) {
        String allowed = max == Double.POSITIVE_INFINITY
                ? "must be >= " + Values.withoutExponent(min)
                : "must be from " + Values.withoutExponent(min) + " to " + Values.withoutExponent(max);
        return number(key, value -> value >= min && value <= max, min, allowed);
    }

    /** Returns a duration, such as 90 s or 2 minutes. */
    Duration duration(String key, Duration min, Duration max) {
        try {
            Duration duration = value(key).atKey("duration").getDuration("duration");
            if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
                return duration;
            }
        } catch (ConfigException e) { // reported below
        }
        invalid(
                key,
                Values.text(value(key)),
                "must be a duration from " + min.toSeconds() + " s to " + max.toSeconds()
                        + " s, such as 90 s or 2 minutes");
        return min;
    }
}
