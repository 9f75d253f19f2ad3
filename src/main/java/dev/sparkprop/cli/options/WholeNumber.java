package dev.sparkprop.cli.options;

import java.math.BigDecimal;

/** Parses whole numbers on a command line, which may be written as 4e6. */
public final class WholeNumber {
    private WholeNumber() {}

    /** Parses a whole number from 1 to {@code max}. */
    public static long parse(String name, String text, long max) throws UsageException {
        try {
            long number = new BigDecimal(text.strip()).longValueExact();
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // reported below
        }
        throw new UsageException("Invalid " + name + ": " + text + " (must be a whole number from 1"
                + (max < Integer.MAX_VALUE ? " to " + max : "") + ", such as 4e6)");
    }
}
