package dev.sparkprop.evaluation;

import java.io.Serializable;
import java.util.List;

/**
 * An evaluation to run in one pass over the data.
 *
 * @param candidates parameters in float32, at least one vector; they must not change during the evaluation
 * @param batch examples to evaluate
 * @param pass forward only, or forward and backward
 */
public record Request(List<float[]> candidates, Batch batch, Pass pass) implements Serializable {

    /** Returns a request for the costs and gradients of candidates over a batch. */
    public static Request gradients(List<float[]> candidates, Batch batch) {
        return new Request(candidates, batch, Pass.GRADIENT);
    }

    /** Returns a request for costs only, over all examples of a dataset. */
    public static Request losses(List<float[]> candidates, long examples) {
        return new Request(candidates, Batch.all(examples), Pass.LOSS);
    }
}
