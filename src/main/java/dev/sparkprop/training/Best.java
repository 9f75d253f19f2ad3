package dev.sparkprop.training;

/**
 * The lowest cost of a training run so far: the validation cost if there is validation, otherwise the training cost.
 *
 * @param iteration first iteration with that cost
 * @param cost cost at that iteration
 * @param parameters parameters at that iteration if the best ones are to be kept; otherwise empty
 */
@SuppressWarnings("ArrayRecordComponent") // never compared or printed
public record Best(int iteration, double cost, double[] parameters) {
    /** Marks that the best parameters are not kept. */
    static final double[] NOT_KEPT = {};

    /** The value before the first evaluation. */
    public static final Best NONE = new Best(0, Double.POSITIVE_INFINITY);

    public Best {
        // a single empty array, so that equals works for parameters that are not kept
        parameters = parameters.length == 0 ? NOT_KEPT : parameters;
    }

    /** Creates a value without parameters. */
    public Best(int iteration, double cost) {
        this(iteration, cost, NOT_KEPT);
    }

    /** Returns true if the parameters are kept. */
    public boolean hasParameters() {
        return parameters.length > 0;
    }
}
