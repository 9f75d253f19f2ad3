package dev.sparkprop.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import java.util.regex.Pattern;

/** Hides secrets in the options of a reader, so that they are never written. */
final class Secrets {
    private static final String OPTIONS = "data.options";
    private static final String HIDDEN = "(hidden)";

    /** Spark hides the values of such options, too ({@code spark.redaction.regex}). */
    private static final Pattern NAMES = Pattern.compile("(?i)secret|password|passwd|token|access.?key|credential");

    /** Passwords in URLs: {@code ?password=…}, or {@code //user:password@host}. */
    private static final Pattern IN_URL =
            Pattern.compile("(?i)((?:password|pwd|secret|token)=)[^&;]*|(?<=://[^/@]{1,200}:)[^/@]+(?=@)");

    private Secrets() {}

    /** Returns a copy of a configuration in which secrets are hidden. */
    static Config hide(Config config) {
        if (!config.hasPath(OPTIONS)) {
            return config;
        }
        Config hidden = config;
        for (String name : config.getObject(OPTIONS).keySet()) {
            String key = OPTIONS + "." + ConfigUtil.quoteString(name);
            String value = String.valueOf(config.getAnyRef(key));
            String shown = NAMES.matcher(name).find() ? HIDDEN : withoutPasswords(value);
            hidden = hidden.withValue(key, ConfigValueFactory.fromAnyRef(shown));
        }
        return hidden;
    }

    private static String withoutPasswords(String value) {
        return IN_URL.matcher(value).replaceAll(match -> (match.group(1) == null ? "" : match.group(1)) + HIDDEN);
    }
}
