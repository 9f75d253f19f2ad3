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
 * Compares a gradient as training has it with central differences in float64 of the cost over the same examples, which
 * {@link dev.sparkprop.network.ReferenceNetwork} computes: forward passes alone, so that nothing of the gradient's own way is in them.
 *
 * <p>A relative difference is |gradient − difference| over the mean magnitude of what the examples add to that derivative, or over the mean of
 * those magnitudes in its tensor if that is larger: float32 rounds what is added, not the sum, which may be small because examples cancel
 * each other out. Derivatives below some millionths of the loss count as that large, since rounding of the loss hides them.
 *
 * <p>Where a pre-activation, or with an l1 penalty the weight itself, changes its sign within the step, a kink may lie there and the
 * difference says nothing. The gradient is then compared with the reference's own chain rule, which the other parameters
 * have shown to be right.
 */
public final class GradientCheck {
    /** Of the loss over the step: 1e5 roundings, since one of them is about what a difference misses by. */
    private static final double FLOOR = 1e5 * Math.ulp(1.0);

    private final Topology topology;
    private final ParameterLayout layout;
    private final Penalty penalty;
    private final double[] parameters;

    /** At some parameters, which are rounded to float32 as kernels take them. */
    public GradientCheck(Topology topology, Penalty penalty, double[] parameters) {
        this.topology = topology;
        this.layout = new ParameterLayout(topology);
        this.penalty = penalty;
        this.parameters = Arrays.stream(parameters).map(value -> (float) value).toArray();
    }

    /**
     * What was found in one tensor.
     *
     * @param tensor such as {@code W1}
     * @param parameters that were compared
     * @param kinks those of them that were compared with the chain rule
     * @param absolute largest difference
     * @param relative largest relative difference; NaN if one is not a number
     * @param worst where that is
     */
    public record Finding(
            String tensor, int parameters, int kinks, double absolute, double relative, ParameterPlace worst) {
        /** Whether no relative difference is above the tolerance. */
        public boolean within(double tolerance) {
            return relative <= tolerance;
        }
    }

    /** Indices of at most so many parameters of each tensor, ascending; which ones, is drawn from a seed. */
    public static int[] sample(ParameterLayout layout, int most, long seed) {
        return layout.tensors().stream()
                .flatMapToInt(tensor -> {
                    Permutation order = Permutation.of(tensor.size(), seed, tensor.offset());
                    return IntStream.range(0, Math.min(most, tensor.size()))
                            .map(position -> tensor.offset() + (int) order.at(position));
                })
                .sorted()
                .toArray();
    }

    /**
     * The findings in each tensor of which there are parameters among those asked for.
     *
     * @param source of the sums that are checked
     * @param batches whose first one is summed up
     * @param examples of that batch
     * @param indices of the parameters to compare
     */
    public List<Finding> compare(GradientSource source, Batches batches, List<Example> examples, int[] indices) {
        double[] gradient = new MeanObjective(source, topology, penalty, batches)
                .evaluate(parameters, 0)
                .gradient();
        ReferenceGradient reference = new ReferenceGradient(topology, parameters, examples);
        double[] penalties = new double[parameters.length];
        penalty.addTo(penalties, parameters, layout.dense());
        // forward passes of a net in the textbook's way take their time
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
     * One parameter.
     *
     * @param distance of the gradient from what it should be
     * @param magnitude mean of what examples and penalties add to it
     * @param floor that the magnitude counts as at least
     */
    private record Comparison(ParameterPlace place, boolean kink, double distance, double magnitude, double floor) {
        double relative(double meanMagnitude) {
            // of a derivative that is 0 altogether nothing is missing
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
            // NaN, once it is found, stays the worst
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
