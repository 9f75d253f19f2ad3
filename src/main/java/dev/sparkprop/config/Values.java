package dev.sparkprop.config;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;

/** Values of a configuration as numbers and as texts. */
final class Values {
    /** More than any number here has; the time for a number grows with the square of them. */
    private static final int MAX_DIGITS = 1000;

    /** Beyond it nothing here is meant, and arithmetic on such a scale takes for ever. */
    private static final int MAX_SCALE = 400;

    private Values() {}

    /** The number that a value is, or that its text says; null if it is none. */
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

    /** A bound as a person writes it. */
    static String plain(double bound) {
        return BigDecimal.valueOf(bound).toPlainString().replaceFirst("\\.0$", "");
    }
}
