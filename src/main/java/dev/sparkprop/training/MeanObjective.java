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
 * never a mean of means taken. Rounds the parameters to float32 for the kernels, in an array of its own.
 */
public final class MeanObjective implements Objective {
    private final GradientSource source;
    private final Topology topology;

    private final List<Dense> layers;
    private final Penalty penalty;

    /** The mean of what the source sums up, without a penalty. */
    public MeanObjective(GradientSource source, Topology topology) {
        this(source, topology, Penalty.NONE);
    }

    /** The mean of what the source sums up, and a penalty. */
    public MeanObjective(GradientSource source, Topology topology, Penalty penalty) {
        this.source = source;
        this.topology = topology;
        this.layers = new ParameterLayout(topology).dense();
        this.penalty = penalty;
    }

    @Override
    public Evaluation evaluate(double[] parameters) {
        GradientSum sum =
                source.evaluate(List.of(ParameterLayout.toFloat32(parameters))).get(0);
        double divisor = sum.examples() * topology.loss().terms(topology.outputs());
        double[] gradient = sum.gradient();
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] /= divisor;
        }
        double penalties = penalty.addTo(gradient, parameters, layers);
        double accuracy = topology.loss().classifies() ? sum.correct() / divisor : Double.NaN;
        return new Evaluation(sum.loss() / divisor + penalties, gradient, accuracy);
    }
}
