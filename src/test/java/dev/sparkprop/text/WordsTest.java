package dev.sparkprop.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void onlyOneIsSingular() {
        assertThat(Words.count(1, "row")).isEqualTo("1 row");
        assertThat(Words.count(0, "row")).isEqualTo("0 rows");
        assertThat(Words.count(1234, "row")).isEqualTo("1,234 rows");
    }

    @Test
    void roundedNumbersHaveNoExponent() {
        assertThat(Words.rounded(13_738.2, 4)).isEqualTo("13,740");
        assertThat(Words.rounded(2.83e8, 4)).isEqualTo("283,000,000");
        assertThat(Words.rounded(34.127, 4)).isEqualTo("34.13");
        assertThat(Words.rounded(0.00012345, 3)).isEqualTo("0.000123");
        assertThat(Words.rounded(0, 4)).isEqualTo("0");
        assertThat(Words.rounded(Double.NaN, 4)).isEqualTo("NaN");
        assertThat(Words.rounded(Double.POSITIVE_INFINITY, 4)).isEqualTo("Infinity");
    }
}
