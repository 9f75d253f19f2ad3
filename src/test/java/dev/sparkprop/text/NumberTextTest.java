package dev.sparkprop.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "1",
                "+1",
                "-1.5",
                ".5",
                "5.",
                "007",
                "0.1",
                "123456789012345",
                "1234567890123456789",
                "0.0000000000000001",
                "12345.678901234567890123",
                "1e5",
                "1E-5",
                "-2.5e+10",
                "9007199254740993",
                "1e400",
                "4.9e-324",
                "179769313486231570000000000000000000000"
            })
    void readsNumbersLikeJava(String text) {
        assertThat(NumberText.parse(text)).isEqualTo(Double.parseDouble(text));
        assertThat(NumberText.parse("x, " + text + "\t,", 2, text.length() + 4)).isEqualTo(Double.parseDouble(text));
    }

    @Test
    void readsRandomNumbersToTheNearestDouble() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            String text = String.valueOf(random.nextLong() >> random.nextInt(64));
            int point = random.nextInt(text.length());
            String decimal =
                    point == 0 || text.charAt(0) == '-' ? text : text.substring(0, point) + "." + text.substring(point);
            assertThat(NumberText.parse(decimal)).as(decimal).isEqualTo(Double.parseDouble(decimal));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                "+",
                ".",
                "-.",
                "e5",
                "1e",
                "1e+",
                "1e5x",
                "1x",
                "1,5",
                "1.2.3",
                "--1",
                "1 2",
                "1f",
                "1d",
                "0x10",
                "NaN",
                "Infinity",
                "-inf",
                "1_000",
                "١"
            })
    void otherTextIsNaN(String text) {
        assertThat(NumberText.parse(text)).isNaN();
    }
}
