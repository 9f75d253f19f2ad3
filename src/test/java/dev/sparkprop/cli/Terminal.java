package dev.sparkprop.cli;

/** What is seen on a terminal. */
public final class Terminal {
    private Terminal() {}

    /** The lines that one shows which is wide enough, without blanks at their ends. */
    public static String seen(String written) {
        StringBuilder seen = new StringBuilder();
        StringBuilder line = new StringBuilder();
        int column = 0;
        for (char c : written.toCharArray()) {
            if (c == '\n') {
                seen.append(line.toString().stripTrailing()).append('\n');
                line.setLength(0);
                column = 0;
            } else if (c == '\r') {
                column = 0;
            } else {
                line.setLength(Math.max(line.length(), column + 1));
                line.setCharAt(column, c);
                column++;
            }
        }
        return seen + line.toString().stripTrailing();
    }
}
