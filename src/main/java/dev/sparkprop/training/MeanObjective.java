package dev.sparkprop.training;

import dev.sparkprop.kernel.Dense;
import dev.sparkprop.network.GradientSum;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.Topology;
import dev.sparkprop.optimizer.Evaluation;
import dev.sparkprop.optimizer.Objective;
import java.util.List;

/**
 * Cost and gradient as exact weighted means over the examples, (Σ w·loss)/(Σ w) plus the penalty: sums are divided once, here, and
 * never a mean of means taken. The examples are those of the iteration's batch; if all of them weigh 0, loss and gradient are 0, and
 * the penalty alone is left. Rounds the parameters to float32 for the kernels, in an array of its own.
 */
public final class MeanObjective implements Objective {
    private final GradientSource source;
    private final Topology topology;

    private final List<Dense> layers;
    private final Penalty penalty;
    private final Batches batches;

    /** The mean of all that the source sums up, without a penalty. */
    public MeanObjective(GradientSource source, Topology topology) {
        this(source, topology, Penalty.NONE, Batches.whole(source.examples()));
    }

    /** The mean over a batch of the source's examples, and a penalty. */
    public MeanObjective(GradientSource source, Topology topology, Penalty penalty, Batches batches) {
        this.source = source;
        this.topology = topology;
        this.layers = new ParameterLayout(topology).dense();
        this.penalty = penalty;
        this.batches = batches;
    }

    @Override
    public Evaluation evaluate(double[] parameters, int iteration) {
        GradientSum sum = source.evaluate(List.of(ParameterLayout.toFloat32(parameters)), batches.at(iteration))
                .get(0);
        double divisor = Score.divisor(sum, topology);
        double[] gradient = sum.gradient();
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] /= divisor;
        }
        double penalties = penalty.addTo(gradient, parameters, layers);
        Score score = Score.of(sum, topology);
        return new Evaluation(score.cost() + penalties, gradient, score.accuracy());
    }
}
