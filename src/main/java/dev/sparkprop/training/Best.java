package dev.sparkprop.training;

/**
 * The lowest cost that a training has seen: that of validation if there is one, else the one that it lowers.
 *
 * @param iteration the first with that cost
 * @param cost at that iteration
 * @param parameters at that iteration, where they and not the last ones are what the training is for; else none
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: never compared, never printed
public record Best(int iteration, double cost, double[] parameters) {
    /** Of a training that is for its last parameters. */
    static final double[] NOT_KEPT = {};

    /** What a training has seen before its first evaluation. */
    public static final Best NONE = new Best(0, Double.POSITIVE_INFINITY);

    public Best {
        // the one empty array, so that equals is right about those that are not kept
        parameters = parameters.length == 0 ? NOT_KEPT : parameters;
    }

    /** One whose parameters are not kept. */
    public Best(int iteration, double cost) {
        this(iteration, cost, NOT_KEPT);
    }

    /** Whether its parameters are kept. */
    public boolean kept() {
        return parameters.length > 0;
    }
}
