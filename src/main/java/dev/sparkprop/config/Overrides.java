package dev.sparkprop.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.regex.Pattern;

/** Parses settings of the command line, each {@code KEY=VALUE}. */
final class Overrides {
    private static final Pattern QUOTED = Pattern.compile("\"([^\"\\\\]|\\\\.)*\"");

    /**
     * Maximum length of a key. All known keys are shorter. The library's time and memory grow with the square of the
     * number of the key's parts.
     */
    private static final int MAX_KEY = 200;

    /**
     * Maximum length of a value. The library's time and memory also grow with the square of the number of its words.
     */
    private static final int MAX_VALUE = 8_192;

    private Overrides() {}

    /** Returns a configuration that contains one setting. */
    static Config parse(String override) throws InvalidConfigException {
        int equals = override.indexOf('=');
        String origin = "--set " + override;
        if (equals < 1) {
            throw new InvalidConfigException(List.of(origin + ": Invalid setting (must be KEY=VALUE)"));
        }
        String key = override.substring(0, equals).strip();
        if (key.length() > MAX_KEY) {
            throw tooLong("key", key.length(), MAX_KEY, key);
        }
        String value = override.substring(equals + 1);
        if (value.length() > MAX_VALUE) {
            throw tooLong("value", value.length(), MAX_VALUE, override);
        }
        try {
            ConfigUtil.splitPath(key);
        } catch (ConfigException e) {
            throw new InvalidConfigException(List.of(origin + ": Invalid key " + key));
        }
        return ConfigFactory.empty().withValue(key, value(value, origin));
    }

    private static InvalidConfigException tooLong(String part, int length, int max, String override) {
        return new InvalidConfigException(List.of("--set " + override.substring(0, MAX_KEY) + "…: Invalid " + part
                + " of " + length + " characters (must be at most " + max + ")"));
    }

    /**
     * Parses a list, object, number, word or quoted text as HOCON. Any other text is taken literally, because HOCON
     * would change it: it reads {@code a//b} and {@code a#b} as {@code a} and a comment, drops the comma of
     * {@code a,}, and substitutes <code>${a}</code>.
     */
    private static ConfigValue value(String text, String origin) {
        String stripped = text.strip();
        try {
            // inside brackets, a comment hides the closing bracket, which is an error; a second value makes the list
            // longer
            ConfigValue parsed =
                    ConfigFiles.parse("value = [" + text + "]", origin).root().get("value");
            if (parsed instanceof ConfigList list && list.size() == 1 && preserves(list.get(0), stripped)) {
                return list.get(0).withOrigin(ConfigOriginFactory.newSimple(origin));
            }
        } catch (ConfigException.Parse e) {
            // not HOCON: taken literally
        }
        return ConfigValueFactory.fromAnyRef(text, origin);
    }

    private static boolean preserves(ConfigValue value, String text) {
        if (text.startsWith("[") || text.startsWith("{") || QUOTED.matcher(text).matches()) {
            return true;
        }
        try {
            return value.valueType() == ConfigValueType.NULL
                    ? text.equals("null")
                    : value.atKey("value").getString("value").equals(text);
        } catch (ConfigException e) {
            // a substitution
            return false;
        }
    }
}
