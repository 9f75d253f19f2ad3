package dev.sparkprop.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelTest {
    @Test
    void numbersAreNamedByValueAndSortedBeforeText() {
        assertThat(new String[] {"2", "2.0", "+2", " 2e0 "})
                .extracting(Label::name)
                .containsOnly("2");
        assertThat(new String[] {"0.50", " dog ", "-3.0", "1e300", "-0", "0.0"})
                .extracting(Label::name)
                .containsExactly("0.5", "dog", "-3", "1.0E300", "0", "0");
        assertThat(new String[] {"b", "10", "a", "9", "-1"})
                .satisfies(labels -> Arrays.sort(labels, Label.ORDER))
                .containsExactly("-1", "9", "10", "a", "b");
    }

    @ParameterizedTest
    @CsvSource({
        "1234567890123456785, 1234567890123456785",
        "1234567890123456786, 1234567890123456786",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
        "9007199254740992, 9007199254740992",
        "9007199254740993, 9007199254740993",
        "9007199254740993.0, 9007199254740993",
        "+9007199254740993, 9007199254740993",
        "99999999999999999999999999999999999999, 99999999999999999999999999999999999999",
        "1000000000000000000, 1000000000000000000",
        "1e18, 1000000000000000000",
        "00501, 00501",
        "007, 007",
        "00, 00",
        "0, 0",
        "0.1, 0.1",
        "0.10000000000000000001, 0.10000000000000000001",
        "0.3333333333333333333333, 0.3333333333333333333333",
        "1e-400, 1E-400",
        "1e400, 1e400",
        "1e99999999999, 1e99999999999",
        "0e99999999999, 0e99999999999",
        "1e-99999999999, 1e-99999999999",
        "e5, e5",
        "C#, C#",
    })
    void labelsKeepAllDigits(String text, String name) {
        assertThat(Label.name(text)).isEqualTo(name);
        assertThat(Label.name(name)).isEqualTo(name);
    }

    /**
     * Checks the definition: two names are equal if and only if their numbers are equal, and a name represents its
     * number.
     */
    @Test
    void numbersHaveTheSameNameOnlyIfTheyAreEqual() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            BigDecimal a = random(random);
            BigDecimal b = random.nextInt(3) == 0 ? a.setScale(a.scale() + random.nextInt(3)) : random(random);
            String nameOfA = Label.name(a.toString());
            String nameOfB = Label.name(b.toString());
            assertThat(nameOfA.equals(nameOfB)).as(a + " and " + b).isEqualTo(a.compareTo(b) == 0);
            assertThat(new BigDecimal(nameOfA)).as(nameOfA).isEqualByComparingTo(a);
            assertThat(Integer.signum(Label.ORDER.compare(nameOfA, nameOfB)))
                    .as(nameOfA + " and " + nameOfB)
                    .isEqualTo(a.compareTo(b));
        }
    }

    private static BigDecimal random(Random random) {
        long digits = random.nextLong() >> random.nextInt(64);
        // neighbours are as close as numbers of 19 digits can be
        return BigDecimal.valueOf(digits - digits % 4 + random.nextInt(2), random.nextInt(4) * 3);
    }

    @Test
    void sortsByExactValueThenByText() {
        List<String> ordered = List.of(
                "-1",
                "1E-400",
                "1",
                "007",
                "00501",
                "02134",
                "9007199254740992",
                "9007199254740993",
                "1e400",
                "A",
                "a");
        List<String> mixed = new java.util.ArrayList<>(ordered);
        java.util.Collections.shuffle(mixed, new Random(1));
        mixed.sort(Label.ORDER);
        assertThat(mixed).containsExactlyElementsOf(ordered);
    }

    /** Earlier versions parsed all numbers as doubles, so their models contain such class names. */
    @Test
    void findsClassesOfEarlierModels() {
        assertThat(Label.numbers(List.of("2", "1.0E18")).get(Label.name("1000000000000000000")))
                .isEqualTo(1);
    }
}
