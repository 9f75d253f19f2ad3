package dev.sparkprop.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A metric over the iterations. Keeps the minimum and the maximum of each bucket, so that no spike is lost, and the
 * last value.
 */
final class Curve {
    /** Maximum number of buckets. With two points each, they exceed the width of a screen in pixels. */
    static final int MAX_BUCKETS = 1_000;

    private record Point(int x, double y) {}

    private record Extremes(Point least, Point greatest) {
        Extremes join(Extremes next) {
            return new Extremes(
                    next.least.y < least.y ? next.least : least,
                    next.greatest.y > greatest.y ? next.greatest : greatest);
        }
    }

    private final Buckets<Extremes> buckets = new Buckets<>(MAX_BUCKETS, Extremes::join);
    private Point last;

    /** Adds a finite value at an iteration after all previous ones. */
    void add(int x, double y) {
        last = new Point(x, y);
        buckets.add(new Extremes(last, last));
    }

    boolean isEmpty() {
        return last == null;
    }

    /** Adds the points in order, as {@code x} and {@code y}. */
    void writeTo(ObjectNode curve) {
        ArrayNode x = curve.putArray("x");
        ArrayNode y = curve.putArray("y");
        int written = -1;
        for (Extremes bucket : buckets.list()) {
            boolean falls = bucket.greatest.x < bucket.least.x;
            written = write(falls ? bucket.greatest : bucket.least, written, x, y);
            written = write(falls ? bucket.least : bucket.greatest, written, x, y);
        }
        write(last, written, x, y);
    }

    /** Writes a point unless it was the last one written. Returns its iteration. */
    private static int write(Point point, int written, ArrayNode x, ArrayNode y) {
        if (point.x > written) {
            x.add(point.x);
            y.add(Digits.six(point.y));
        }
        return point.x;
    }
}
