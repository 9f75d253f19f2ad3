package dev.sparkprop.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.data.Tile;
import dev.sparkprop.kernel.LossTotal;
import dev.sparkprop.kernel.ScalarKernels;
import dev.sparkprop.kernel.Workspace;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputTest {
    /** Covers the floats around the largest one whose sigmoid is one half, and other floats from −20 to 20. */
    @Test
    void singleOutputPredictsAsInTraining() {
        int from = Float.floatToRawIntBits(8.9e-8f);
        int until = Float.floatToRawIntBits(9e-8f);
        float[] z = new float[Tile.EXAMPLES];
        Random random = new Random(1);
        for (int bits = from; bits < until; bits += Tile.EXAMPLES) {
            for (int e = 0; e < z.length; e++) {
                z[e] = e % 8 == 0 ? 40 * random.nextFloat() - 20 : Float.intBitsToFloat(bits + e);
            }
            assertThat(countPredictedOnes(z)).isEqualTo(countOnesInTraining(z));
        }
    }

    /** Counts the predictions of 1: since all targets are 0, each of them is wrong. */
    private static long countOnesInTraining(float[] z) {
        float[] ones = new float[Tile.EXAMPLES];
        Arrays.fill(ones, 1f);
        LossTotal total = new LossTotal(new Workspace());
        new ScalarKernels()
                .binaryCrossEntropy(1, ones, 0, z, 0, new float[Tile.EXAMPLES], 0, new float[Tile.EXAMPLES], 0, total);
        return Math.round(total.wrong());
    }

    private static long countPredictedOnes(float[] z) {
        long ones = 0;
        for (float value : z) {
            ones += Output.predictedClass(new double[] {value});
        }
        return ones;
    }

    @Test
    void severalOutputsPredictTheFirstLargest() {
        assertThat(Output.predictedClass(new double[] {-1, 3, 3})).isEqualTo(1);
        assertThat(Output.predictedClass(new double[] {0, 0})).isZero();
    }
}
