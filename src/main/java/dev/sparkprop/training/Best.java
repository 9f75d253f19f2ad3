package dev.sparkprop.training;

/**
 * The lowest cost that a training has seen.
 *
 * @param iteration the first with that cost
 * @param cost at that iteration
 */
public record Best(int iteration, double cost) {
    /** What a training has seen before its first evaluation. */
    static final Best NONE = new Best(0, Double.POSITIVE_INFINITY);

    Best or(int otherIteration, double otherCost) {
        return otherCost < cost ? new Best(otherIteration, otherCost) : this;
    }
}
