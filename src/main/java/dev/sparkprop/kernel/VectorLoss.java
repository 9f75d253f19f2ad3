package dev.sparkprop.kernel;

import static dev.sparkprop.kernel.VectorMath.LANES;
import static dev.sparkprop.kernel.VectorMath.all;
import static dev.sparkprop.kernel.VectorMath.load;

import dev.sparkprop.data.Tile;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** The losses of {@link ScalarKernels}, lanes over examples. A register holds 16 chains or an even part of them. */
final class VectorLoss {
    /** 256 ones and 256 zeros: read from 256 − examples on, 1 for each lane that counts. */
    private static final float[] COUNTS = new float[2 * Tile.EXAMPLES];

    static {
        Arrays.fill(COUNTS, 0, Tile.EXAMPLES, 1f);
    }

    private VectorLoss() {}

    static void binaryCrossEntropy(
            int outputs,
            int examples,
            float[] z,
            int zAt,
            float[] targets,
            int targetsAt,
            float[] delta,
            int deltaAt,
            LossTotal total) {
        for (int chain = 0; chain < ScalarKernels.CHAINS; chain += LANES) {
            FloatVector losses = all(0f);
            FloatVector correct = all(0f);
            for (int row = 0; row < outputs * Tile.EXAMPLES; row += Tile.EXAMPLES) {
                for (int e = chain; e < Tile.EXAMPLES; e += ScalarKernels.CHAINS) {
                    FloatVector counts = load(COUNTS, Tile.EXAMPLES - examples + e);
                    FloatVector zE = load(z, zAt + row + e);
                    FloatVector target = load(targets, targetsAt + row + e);
                    FloatVector positive = zE.blend(0f, zE.compare(VectorOperators.LT, 0f));
                    FloatVector log = VectorMath.log1p(VectorMath.expOfNegativeMagnitude(zE));
                    losses = zE.neg().fma(target, positive).add(log).fma(counts, losses);
                    FloatVector a = VectorMath.sigmoid(zE);
                    correct = sameSide(a, target).fma(counts, correct);
                    a.sub(target).mul(counts).intoArray(delta, deltaAt + row + e);
                }
            }
            losses.intoArray(total.lossChains, chain);
            correct.intoArray(total.correctChains, chain);
        }
        total.addChains();
    }

    /** 1 where a > ½ and target > ½ agree, else 0. */
    private static FloatVector sameSide(FloatVector a, FloatVector target) {
        FloatVector predicted = all(0f).blend(1f, a.compare(VectorOperators.GT, 0.5f));
        FloatVector expected = all(0f).blend(1f, target.compare(VectorOperators.GT, 0.5f));
        FloatVector difference = predicted.sub(expected);
        return difference.neg().fma(difference, all(1f));
    }

    static void softmaxCrossEntropy(
            int outputs,
            int examples,
            float[] z,
            int zAt,
            float[] targets,
            int targetsAt,
            float[] delta,
            int deltaAt,
            LossTotal total) {
        for (int chain = 0; chain < ScalarKernels.CHAINS; chain += LANES) {
            FloatVector losses = all(0f);
            FloatVector correct = all(0f);
            for (int e = chain; e < Tile.EXAMPLES; e += ScalarKernels.CHAINS) {
                FloatVector counts = load(COUNTS, Tile.EXAMPLES - examples + e);
                FloatVector right = sameLargest(outputs, z, zAt + e, targets, targetsAt + e);
                FloatVector loss = softmax(outputs, z, zAt + e, targets, targetsAt + e, delta, deltaAt + e, counts);
                losses = loss.fma(counts, losses);
                correct = right.fma(counts, correct);
            }
            losses.intoArray(total.lossChains, chain);
            correct.intoArray(total.correctChains, chain);
        }
        total.addChains();
    }

    /** Loss of one register of examples; leaves delta. */
    private static FloatVector softmax(
            int outputs,
            float[] z,
            int zAt,
            float[] targets,
            int targetsAt,
            float[] delta,
            int deltaAt,
            FloatVector counts) {
        FloatVector max = load(z, zAt);
        for (int row = Tile.EXAMPLES; row < outputs * Tile.EXAMPLES; row += Tile.EXAMPLES) {
            FloatVector next = load(z, zAt + row);
            max = max.blend(next, next.compare(VectorOperators.GT, max));
        }
        FloatVector sum = all(0f);
        FloatVector below = all(0f);
        for (int row = 0; row < outputs * Tile.EXAMPLES; row += Tile.EXAMPLES) {
            FloatVector gap = max.sub(load(z, zAt + row));
            FloatVector exp = VectorMath.expOfNegativeMagnitude(gap);
            below = load(targets, targetsAt + row).fma(gap, below);
            sum = sum.add(exp);
            exp.intoArray(delta, deltaAt + row);
        }
        FloatVector share = all(1f).div(sum);
        for (int row = 0; row < outputs * Tile.EXAMPLES; row += Tile.EXAMPLES) {
            FloatVector target = load(targets, targetsAt + row);
            load(delta, deltaAt + row).fma(share, target.neg()).mul(counts).intoArray(delta, deltaAt + row);
        }
        return VectorMath.logFromOne(sum).add(below);
    }

    /** 1 where the first largest z and the first largest target belong to the same output, else 0. */
    private static FloatVector sameLargest(int outputs, float[] z, int zAt, float[] targets, int targetsAt) {
        FloatVector max = load(z, zAt);
        FloatVector maxTarget = load(targets, targetsAt);
        FloatVector predicted = all(0f);
        FloatVector expected = all(0f);
        for (int o = 1; o < outputs; o++) {
            FloatVector output = all(o);
            FloatVector next = load(z, zAt + o * Tile.EXAMPLES);
            FloatVector nextTarget = load(targets, targetsAt + o * Tile.EXAMPLES);
            predicted = predicted.blend(output, next.compare(VectorOperators.GT, max));
            expected = expected.blend(output, nextTarget.compare(VectorOperators.GT, maxTarget));
            max = max.blend(next, next.compare(VectorOperators.GT, max));
            maxTarget = maxTarget.blend(nextTarget, nextTarget.compare(VectorOperators.GT, maxTarget));
        }
        return all(0f).blend(1f, predicted.compare(VectorOperators.EQ, expected));
    }
}
