package dev.sparkprop.spark.formats;

import dev.sparkprop.data.TargetKind;
import dev.sparkprop.spark.files.FileRow;
import dev.sparkprop.text.NumberText;
import java.util.Arrays;

/** Parses lines that contain a label and {@code index:value} pairs. */
public final class LibsvmParser implements LineParser {
    private static final long serialVersionUID = 1;

    private final int inputs;
    private final TargetKind kind;

    public LibsvmParser(int inputs, TargetKind kind) {
        this.inputs = inputs;
        this.kind = kind;
    }

    @Override
    public boolean parseLine(String line, boolean firstOfFile, FileRow into) {
        int end = comment(line);
        int at = line.startsWith("\uFEFF") ? 1 : 0;
        at = blanks(line, at, end);
        if (at == end) {
            return false;
        }
        int until = word(line, at, end);
        takeLabel(line.substring(at, until), into);
        Arrays.fill(into.values(), 0, inputs, 0);
        int before = 0;
        at = blanks(line, until, end);
        while (at < end && into.isGood()) {
            until = word(line, at, end);
            before = takePair(line, at, until, before, into);
            at = blanks(line, until, end);
        }
        return true;
    }

    /**
     * Returns the position of a comment, or the end of the line. A # within a word, such as a label, belongs to the
     * word.
     */
    private static int comment(String line) {
        int at = line.indexOf('#');
        while (at > 0 && line.charAt(at - 1) > ' ' && line.charAt(at - 1) != '\uFEFF') {
            at = line.indexOf('#', at + 1);
        }
        return at < 0 ? line.length() : at;
    }

    private static int blanks(String line, int at, int end) {
        while (at < end && line.charAt(at) <= ' ') {
            at++;
        }
        return at;
    }

    private static int word(String line, int at, int end) {
        while (at < end && line.charAt(at) > ' ') {
            at++;
        }
        return at;
    }

    private void takeLabel(String text, FileRow into) {
        if (kind.labels()) {
            into.label("label", text);
            return;
        }
        double value = NumberText.parse(text);
        if (FileRow.usable(value) && kind.allows(value)) {
            into.values()[inputs] = value;
        } else {
            into.invalid(
                    "label", text, kind == TargetKind.FRACTIONS ? "must be from 0 to 1" : "must be a finite number");
        }
    }

    /** Stores the value of a pair and returns its index. Returns {@code before} if the pair has no valid index. */
    private int takePair(String line, int from, int until, int before, FileRow into) {
        int colon = line.indexOf(':', from);
        if (colon < 0 || colon >= until) {
            into.invalid("pair", line.substring(from, until), "must be INDEX:VALUE; pairs are separated by blanks");
            return before;
        }
        double index = NumberText.parse(line, from, colon);
        if (!(index >= 1 && index <= inputs) || index != Math.rint(index)) {
            into.invalid(
                    "index",
                    line.substring(from, colon),
                    "must be from 1 to " + inputs + ", because network.layers starts with " + inputs);
            return before;
        }
        if (index <= before) {
            into.invalid("index", line.substring(from, colon), "must be greater than the preceding index " + before);
            return before;
        }
        double value = NumberText.parse(line, colon + 1, until);
        if (FileRow.usable(value)) {
            into.values()[(int) index - 1] = value;
        } else {
            into.invalid("value " + (int) index, line.substring(colon + 1, until), "must be a finite number");
        }
        return (int) index;
    }
}
