package dev.sparkprop.diagnosis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;

/** The newest logged iterations, and what must be remembered of those before: the same memory however long a training is. */
final class Stretch {
    /** A default training logs eleven lines, so that a rule that wants more would never speak; fewer may be chance. */
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

    /** Whether there are enough lines to judge. */
    boolean isFull() {
        return lines.size() == LINES;
    }

    /** The first line that was ever added. */
    Line first() {
        return first;
    }

    /** The oldest that is still here. */
    Line oldest() {
        return lines.getFirst();
    }

    Line newest() {
        return lines.getLast();
    }

    /** Of all lines that were ever added. */
    double lowestCost() {
        return lowest;
    }

    /** Whether there are enough lines to judge, and all of them are so. */
    boolean all(Predicate<Line> so) {
        return isFull() && lines.stream().allMatch(so);
    }
}
