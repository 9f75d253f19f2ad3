package dev.sparkprop.diagnosis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;

/** The most recent logged iterations and a summary of the earlier ones, in constant memory. */
final class RecentLines {
    /**
     * Number of lines that rules inspect. A default training logs eleven lines, so that more would never be reached.
     * Fewer could be chance.
     */
    static final int LINES = 10;

    private final Deque<Line> lines = new ArrayDeque<>(LINES);
    private Line first;
    private double lowest = Double.POSITIVE_INFINITY;

    void add(Line line) {
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        lines.addLast(line);
        first = first == null ? line : first;
        lowest = Math.min(lowest, line.cost());
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Returns true if there are enough lines to judge. */
    boolean isFull() {
        return lines.size() == LINES;
    }

    /** Returns the first line ever added. */
    Line first() {
        return first;
    }

    /** Returns the oldest line that is still stored. */
    Line oldest() {
        return lines.getFirst();
    }

    Line newest() {
        return lines.getLast();
    }

    /** Returns the lowest cost of all lines ever added. */
    double lowestCost() {
        return lowest;
    }

    /** Returns true if there are enough lines to judge and all of them satisfy the predicate. */
    boolean all(Predicate<Line> predicate) {
        return isFull() && lines.stream().allMatch(predicate);
    }
}
