package dev.sparkprop.training;

import dev.sparkprop.evaluation.Batches;
import dev.sparkprop.evaluation.GradientSource;
import dev.sparkprop.evaluation.Request;
import dev.sparkprop.kernel.Dense;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.Topology;
import dev.sparkprop.optimizer.CostAndGradient;
import dev.sparkprop.optimizer.Objective;
import java.util.List;

/**
 * The cost that training minimises: the mean over the examples of the iteration's batch, plus the penalty. Rounds the
 * parameters to float32 for the kernels, into a new array.
 */
public final class MeanObjective implements Objective {
    private final GradientSource source;
    private final List<Dense> layers;
    private final Penalty penalty;
    private final Batches batches;

    /** Creates the mean over all examples of the source, without a penalty. */
    public MeanObjective(GradientSource source, Topology topology) {
        this(source, topology, Penalty.NONE, Batches.all(source.examples()));
    }

    /** Creates the mean over a batch of the source's examples per iteration, plus a penalty. */
    public MeanObjective(GradientSource source, Topology topology, Penalty penalty, Batches batches) {
        this.source = source;
        this.layers = new ParameterLayout(topology).dense();
        this.penalty = penalty;
        this.batches = batches;
    }

    @Override
    public CostAndGradient evaluate(double[] parameters, int iteration) {
        Request request = Request.gradients(List.of(ParameterLayout.toFloat32(parameters)), batches.at(iteration));
        CostAndGradient mean = source.evaluate(request).get(0);
        double penalties = penalty.addTo(mean.gradient(), parameters, layers);
        return new CostAndGradient(mean.cost() + penalties, mean.gradient(), mean.accuracy());
    }
}
