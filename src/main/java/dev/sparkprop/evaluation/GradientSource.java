package dev.sparkprop.evaluation;

import dev.sparkprop.optimizer.CostAndGradient;
import java.util.List;

/**
 * Costs and gradients over a dataset, regardless of its location. The interface between the training loop
 * and the engines.
 */
public interface GradientSource {
    /** Returns the number of examples in the dataset. */
    long examples();

    /**
     * Returns mean cost and gradient for each candidate of a request, in order, from one pass over the data, without
     * penalties. After a forward-only pass, the gradients are empty. The result is bit-identical for any distribution
     * of the data.
     */
    List<CostAndGradient> evaluate(Request request);
}
