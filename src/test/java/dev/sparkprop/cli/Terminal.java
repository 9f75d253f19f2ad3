package dev.sparkprop.cli;

/** Simulates a terminal. */
public final class Terminal {
    private Terminal() {}

    /** Returns the lines that a sufficiently wide terminal shows, without trailing blanks. */
    public static String visibleText(String written) {
        StringBuilder visible = new StringBuilder();
        StringBuilder line = new StringBuilder();
        int column = 0;
        for (char c : written.toCharArray()) {
            if (c == '\n') {
                visible.append(line.toString().stripTrailing()).append('\n');
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
        return visible + line.toString().stripTrailing();
    }
}
