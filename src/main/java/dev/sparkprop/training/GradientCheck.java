package dev.sparkprop.training;

import dev.sparkprop.data.Example;
import dev.sparkprop.data.Permutation;
import dev.sparkprop.evaluation.Batches;
import dev.sparkprop.evaluation.GradientSource;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.ParameterPlace;
import dev.sparkprop.network.ReferenceGradient;
import dev.sparkprop.network.ReferenceGradient.Difference;
import dev.sparkprop.network.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Compares a gradient, computed as in training, with central differences of the cost over the same examples in
 * float64. The differences are computed by {@link dev.sparkprop.network.ReferenceNetwork} from forward passes alone.
 * They are therefore independent of the code that computes the gradient.
 *
 * <p>A relative difference is |gradient − difference| divided by a magnitude. The magnitude is the mean size of the
 * examples' contributions to that derivative, or its mean over the tensor if that is larger. The contributions are
 * used because float32 rounds them, while their sum may be small because they cancel each other out. The magnitude is
 * at least a few millionths of the loss, because rounding errors of the loss hide smaller derivatives.
 *
 * <p>If a pre-activation changes its sign within the step, the loss may have a kink and the difference is
 * meaningless. With an l1 penalty, the same is true if the weight itself changes its sign. The gradient is then
 * compared with the reference's own chain rule, which the comparisons of the other parameters have verified.
 */
public final class GradientCheck {
    /**
     * Minimum magnitude, as a multiple of loss/step: 10⁵ rounding errors. One rounding error of the loss is about the
     * error of a difference.
     */
    private static final double FLOOR = 1e5 * Math.ulp(1.0);

    private final Topology topology;
    private final ParameterLayout layout;
    private final Penalty penalty;
    private final double[] parameters;

    /** Creates a check at the given parameters, which are rounded to float32 as for the kernels. */
    public GradientCheck(Topology topology, Penalty penalty, double[] parameters) {
        this.topology = topology;
        this.layout = new ParameterLayout(topology);
        this.penalty = penalty;
        this.parameters = Arrays.stream(parameters).map(value -> (float) value).toArray();
    }

    /**
     * The result for one tensor.
     *
     * @param tensor name of the tensor, such as {@code W1}
     * @param parameters number of compared parameters
     * @param kinks number of parameters that were compared with the chain rule
     * @param absolute largest difference
     * @param relative largest relative difference; NaN if one is NaN
     * @param worst parameter with the largest relative difference
     */
    public record Finding(
            String tensor, int parameters, int kinks, double absolute, double relative, ParameterPlace worst) {
        /** Returns true if no relative difference is above the tolerance. */
        public boolean within(double tolerance) {
            return relative <= tolerance;
        }
    }

    /**
     * Returns the indices of up to {@code maxPerTensor} parameters of each tensor, ascending, drawn at random by the
     * seed.
     */
    public static int[] sample(ParameterLayout layout, int maxPerTensor, long seed) {
        return layout.tensors().stream()
                .flatMapToInt(tensor -> {
                    Permutation order = Permutation.of(tensor.size(), seed, tensor.offset());
                    return IntStream.range(0, Math.min(maxPerTensor, tensor.size()))
                            .map(position -> tensor.offset() + (int) order.at(position));
                })
                .sorted()
                .toArray();
    }

    /**
     * Returns one finding per tensor that contains any of the given parameters.
     *
     * @param source the source of the sums to check
     * @param batches the batches of the training; only the first one is evaluated
     * @param examples the examples of that batch
     * @param indices the indices of the parameters to compare
     */
    public List<Finding> compare(GradientSource source, Batches batches, List<Example> examples, int[] indices) {
        double[] gradient = new MeanObjective(source, topology, penalty, batches)
                .evaluate(parameters, 0)
                .gradient();
        ReferenceGradient reference = new ReferenceGradient(topology, parameters, examples);
        double[] penalties = new double[parameters.length];
        penalty.addTo(penalties, parameters, layout.dense());
        // in parallel, because the textbook forward passes are slow
        List<Comparison> comparisons = Arrays.stream(indices)
                .parallel()
                .mapToObj(index -> compare(gradient[index], reference, penalties[index], index))
                .toList();
        Map<String, List<Comparison>> tensors = new LinkedHashMap<>();
        comparisons.forEach(comparison -> tensors.computeIfAbsent(comparison.place.tensor(), name -> new ArrayList<>())
                .add(comparison));
        return tensors.values().stream().map(GradientCheck::finding).toList();
    }

    /**
     * The comparison of one parameter.
     *
     * @param distance distance of the gradient from its expected value
     * @param magnitude mean magnitude of the contributions of examples and penalties
     * @param floor minimum value to use for the magnitude
     */
    private record Comparison(ParameterPlace place, boolean kink, double distance, double magnitude, double floor) {
        double relative(double meanMagnitude) {
            // avoids 0/0 for a derivative that is exactly 0
            return distance == 0 ? 0 : distance / Math.max(floor, Math.max(magnitude, meanMagnitude));
        }
    }

    private Comparison compare(double gradient, ReferenceGradient reference, double penalties, int index) {
        ParameterPlace place = ParameterPlace.of(layout, index);
        Difference difference = reference.difference(index);
        double step = difference.step();
        boolean kink = difference.kink() || (penalty.l1() > 0 && !place.bias() && Math.abs(parameters[index]) <= step);
        double expected = kink ? reference.derivative(index) : difference.derivative();
        if (!place.bias() && !kink) {
            expected += (penalty.of(parameters[index] + step) - penalty.of(parameters[index] - step)) / (2 * step);
        } else {
            expected += penalties;
        }
        return new Comparison(
                place,
                kink,
                Math.abs(gradient - expected),
                reference.magnitude(index) + Math.abs(penalties),
                FLOOR * reference.loss() / step);
    }

    private static Finding finding(List<Comparison> comparisons) {
        double mean = comparisons.stream()
                .mapToDouble(Comparison::magnitude)
                .average()
                .orElseThrow();
        Comparison worst = comparisons.get(0);
        for (Comparison comparison : comparisons) {
            // the first NaN remains the worst
            if (!(comparison.relative(mean) <= worst.relative(mean)) && !Double.isNaN(worst.relative(mean))) {
                worst = comparison;
            }
        }
        return new Finding(
                worst.place.tensor(),
                comparisons.size(),
                (int) comparisons.stream().filter(Comparison::kink).count(),
                comparisons.stream().mapToDouble(Comparison::distance).max().orElseThrow(),
                worst.relative(mean),
                worst.place);
    }
}
