package dev.sparkprop.config;

import com.typesafe.config.ConfigUtil;

/** Text in HOCON, the language of configuration files. */
public final class Hocon {
    private Hocon() {}

    /** Returns a text as a quoted value or key. */
    public static String quoted(String text) {
        return ConfigUtil.quoteString(text);
    }
}
