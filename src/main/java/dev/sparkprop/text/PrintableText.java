package dev.sparkprop.text;

/** Makes text safe to print on a terminal. */
public final class PrintableText {
    private PrintableText() {}

    /**
     * Returns the text with control characters and marks that change the writing direction replaced by their codes,
     * such as {@code \}{@code u001b}. Line feeds and tabs are kept.
     */
    public static String of(String text) {
        if (text.chars().noneMatch(PrintableText::isControl)) {
            return text;
        }
        StringBuilder printable = new StringBuilder();
        text.chars()
                .forEach(c -> printable.append(isControl(c) ? String.format("\\u%04x", c) : String.valueOf((char) c)));
        return printable.toString();
    }

    private static boolean isControl(int c) {
        // C0 and C1 controls, and marks that change the writing direction
        return Character.isISOControl(c) && c != '\n' && c != '\t'
                || c >= 0x202a && c <= 0x202e
                || c >= 0x2066 && c <= 0x2069;
    }
}
