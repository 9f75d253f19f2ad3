package dev.sparkprop.cli.options;

import java.math.BigDecimal;

/** Numbers of things as people write them on a command line, such as 4e6. */
public final class WholeNumber {
    private WholeNumber() {}

    /** The number, from 1 to the most that is allowed. */
    public static long parse(String what, String text, long most) throws UsageException {
        try {
            long number = new BigDecimal(text.strip()).longValueExact();
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // told below
        }
        throw new UsageException("Invalid " + what + ": " + text + " (must be a whole number from 1"
                + (most < Integer.MAX_VALUE ? " to " + most : "") + ", such as 4e6)");
    }
}
