package dev.sparkprop.training;

import dev.sparkprop.network.GradientSum;
import java.util.List;

/** Sums of losses and gradients over a dataset, wherever it lies. */
public interface GradientSource {
    /** Examples in the dataset. */
    long examples();

    /**
     * The sums over a batch at each of the candidate parameters, in their order, from one pass over the data. The bits do not
     * depend on how the data are spread.
     */
    List<GradientSum> evaluate(List<float[]> candidates, Batch batch);

    /** The sums over all examples from a forward pass alone; those of the gradient have no elements. */
    List<GradientSum> losses(List<float[]> candidates);
}
