package dev.sparkprop.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MomentsTest {
    private static BigInteger exact(double value) {
        return new BigDecimal(value)
                .multiply(new BigDecimal(BigInteger.TWO.pow(ExactSum.FRACTION_BITS)))
                .toBigIntegerExact();
    }

    @Test
    void sumIsExactInAnyOrderAndGrouping() {
        Random random = new Random(1);
        double[] values = new double[10_000];
        BigInteger expected = BigInteger.ZERO;
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextGaussian() * Math.pow(2, random.nextInt(1300) - 1050);
            expected = expected.add(exact(values[i]));
        }
        ExactSum forward = new ExactSum();
        ExactSum[] parts = {new ExactSum(), new ExactSum(), new ExactSum()};
        for (int i = 0; i < values.length; i++) {
            forward.add(values[i]);
            parts[random.nextInt(3)].add(values[values.length - 1 - i]);
        }
        parts[2].add(parts[0]);
        parts[2].add(parts[1]);
        assertThat(forward.scaled()).isEqualTo(expected);
        assertThat(parts[2].scaled()).isEqualTo(expected);
    }

    @Test
    void sumsExtremeValuesExactly() {
        ExactSum sum = new ExactSum();
        double[] values = {0x1p257, -0x1p257, Double.MIN_VALUE, 0, -0.0, Double.MIN_NORMAL, 0x1p256, -0x1p256, 0x1p256};
        BigInteger expected = BigInteger.ZERO;
        for (double value : values) {
            sum.add(value);
            expected = expected.add(exact(value));
        }
        assertThat(sum.scaled()).isEqualTo(expected);
    }

    @Test
    void meanAndDeviationAreAccurateFarFromZero() {
        Moments moments = new Moments(2);
        for (int i = 0; i < 5; i++) {
            moments.add(new double[] {1e12 + i, 0.1}, 1);
        }
        Standardization standard = moments.standardization(0, 2);
        // the mean squared distance of 0, 1, 2, 3, 4 from 2 is 2
        assertThat(standard.mean()).containsExactly(1e12 + 2, 0.1);
        assertThat(standard.deviation()).containsExactly(Math.sqrt(2), 1);
        assertThat(standard.apply(1, 0.1)).isZero();
        assertThat(standard.undo(0, standard.apply(0, 1e12 + 4))).isCloseTo(1e12 + 4, within(1e-3));
    }

    @Test
    void weightsCountRepetitionsOfARow() {
        Moments weighted = new Moments(1);
        Moments repeated = new Moments(1);
        weighted.add(new double[] {1.1}, 2);
        weighted.add(new double[] {3.7}, 1);
        weighted.add(new double[] {100}, 0);
        for (double value : new double[] {3.7, 1.1, 1.1}) {
            repeated.add(new double[] {value}, 1);
        }
        assertThat(weighted.standardization(0, 1).mean())
                .containsExactly(repeated.standardization(0, 1).mean());
        assertThat(weighted.standardization(0, 1).deviation())
                .containsExactly(repeated.standardization(0, 1).deviation());
        Moments zeroWeight = new Moments(0);
        zeroWeight.add(new double[] {1}, 0);
        assertThat(zeroWeight.hasZeroWeight()).isTrue();
        assertThat(weighted.hasZeroWeight()).isFalse();
    }
}
