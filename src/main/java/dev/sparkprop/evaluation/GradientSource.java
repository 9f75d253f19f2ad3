package dev.sparkprop.evaluation;

import dev.sparkprop.optimizer.CostAndGradient;
import java.util.List;

/** Costs and gradients over a dataset, wherever it lies: the one seam between the training loop and the engines. */
public interface GradientSource {
    /** Number of examples in the dataset. */
    long examples();

    /**
     * Mean cost and gradient for each candidate of a request, in their order, from one pass over the data; without penalties. After a
     * forward pass alone the gradients have no elements. The result is bit-identical however the data are distributed.
     */
    List<CostAndGradient> evaluate(Request request);
}
