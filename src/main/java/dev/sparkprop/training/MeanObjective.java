package dev.sparkprop.training;

import dev.sparkprop.network.GradientSum;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.Topology;
import dev.sparkprop.optimizer.Evaluation;
import dev.sparkprop.optimizer.Objective;
import java.util.List;

/**
 * Cost and gradient as exact means over the examples: sums are divided once, here, and never a mean of means taken. Rounds
 * the parameters to float32 for the kernels, in an array of its own.
 */
public final class MeanObjective implements Objective {
    private final GradientSource source;
    private final Topology topology;

    /** The mean of what the source sums up. */
    public MeanObjective(GradientSource source, Topology topology) {
        this.source = source;
        this.topology = topology;
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
        return new Evaluation(sum.loss() / divisor, gradient, sum.correct() / divisor);
    }
}
