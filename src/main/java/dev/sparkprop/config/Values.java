package dev.sparkprop.config;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;

/** Converts configuration values to numbers and text. */
final class Values {
    /**
     * Maximum length of a number. All valid settings are shorter. The time to parse a number grows with the square of
     * its length.
     */
    private static final int MAX_DIGITS = 1000;

    /**
     * Maximum scale of a number. All valid settings have a smaller one, and arithmetic with huge scales takes very
     * long.
     */
    private static final int MAX_SCALE = 400;

    private Values() {}

    /** Returns the number that a value or its text represents, or null if there is none. */
    static BigDecimal number(ConfigValue value) {
        if (value.valueType() != ConfigValueType.NUMBER && value.valueType() != ConfigValueType.STRING) {
            return null;
        }
        String text = String.valueOf(value.unwrapped());
        if (text.length() > MAX_DIGITS) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(text);
            return Math.abs((long) number.scale()) > MAX_SCALE ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static String text(ConfigValue value) {
        Object plain = value.unwrapped();
        return plain instanceof String text ? text : value.render(ConfigRenderOptions.concise());
    }

    /** Formats a bound without an exponent and without a trailing {@code .0}. */
    static String withoutExponent(double bound) {
        return BigDecimal.valueOf(bound).toPlainString().replaceFirst("\\.0$", "");
    }
}
