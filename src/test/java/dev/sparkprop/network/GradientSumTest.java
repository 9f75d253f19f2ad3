package dev.sparkprop.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.lang3.SerializationUtils;
import org.junit.jupiter.api.Test;

class GradientSumTest {
    @Test
    void serializedSumsHaveTheSameBits() {
        GradientSum sum = new GradientSum(4);
        double[] values = {-0.0, Double.MIN_VALUE, -1.0 / 3, 0x1p1000};
        System.arraycopy(values, 0, sum.gradient(), 0, values.length);
        sum.add(0.1, 2.5, 2);
        GradientSum copy = SerializationUtils.clone(sum);
        assertThat(copy.gradient()).isNotSameAs(sum.gradient()).containsExactly(values);
        assertThat(Double.doubleToRawLongBits(copy.gradient()[0])).isEqualTo(Long.MIN_VALUE);
        assertThat(copy.loss()).isEqualTo(0.1);
        assertThat(copy.weight()).isEqualTo(2.5);
        assertThat(copy.correct()).isEqualTo(2);
    }
}
