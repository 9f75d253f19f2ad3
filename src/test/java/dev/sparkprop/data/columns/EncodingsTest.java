package dev.sparkprop.data.columns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.data.Standardization;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EncodingsTest {
    private static final double NAN = Double.NaN;

    private static Feature feature(String name, ColumnType type, Missing missing) {
        return new Feature(name, name, type, missing, DateText.UTC);
    }

    private static double[] encode(Encodings encodings, double[] numbers, String... categories) {
        double[] into = new double[encodings.width()];
        java.util.Arrays.fill(into, 99);
        encodings.encode(numbers, categories, into);
        return into;
    }

    private static OneHotEncoding city(long others, boolean indicator) {
        return new OneHotEncoding(
                feature("city", ColumnType.CATEGORY, Missing.ZERO),
                new OneHotEncoding.Categories(List.of("Lyon", "Paris"), List.of(3L, 5L), others),
                Optional.empty(),
                indicator);
    }

    @Test
    void eachCategoryHasAFeature() {
        Encodings encodings = new Encodings(List.of(city(0, false)));
        assertThat(encodings.names()).containsExactly("city=Lyon", "city=Paris");
        assertThat(encode(encodings, new double[] {NAN}, "Paris")).containsExactly(0, 1);
        assertThat(encode(encodings, new double[] {NAN}, "Nice")).containsExactly(0, 0);
        assertThat(encode(encodings, new double[] {NAN}, (String) null)).containsExactly(0, 0);
        assertThat(encodings.firstUnseen(new String[] {"Nice"})).isZero();
        assertThat(encodings.firstUnseen(new String[] {"Lyon"})).isEqualTo(-1);
        assertThat(encodings.firstUnseen(new String[] {null})).isEqualTo(-1);
    }

    @Test
    void otherCategoriesAndMissingValuesHaveFeaturesOfTheirOwn() {
        Encodings encodings = new Encodings(List.of(city(2, true)));
        assertThat(encodings.names())
                .containsExactly("city=Lyon", "city=Paris", "city is another category", "city is missing");
        assertThat(encode(encodings, new double[] {NAN}, "Nice")).containsExactly(0, 0, 1, 0);
        assertThat(encode(encodings, new double[] {NAN}, (String) null)).containsExactly(0, 0, 0, 1);
        assertThat(encodings.firstUnseen(new String[] {"Nice"})).isEqualTo(-1);
    }

    @Test
    void missingCategoriesCanBeReplaced() {
        OneHotEncoding encoding = new OneHotEncoding(
                feature("city", ColumnType.CATEGORY, Missing.MOST_FREQUENT),
                new OneHotEncoding.Categories(List.of("Lyon", "Paris"), List.of(3L, 5L), 0),
                Optional.of("Paris"),
                true);
        assertThat(encode(new Encodings(List.of(encoding)), new double[] {NAN}, (String) null))
                .containsExactly(0, 1, 1);
    }

    @Test
    void missingNumbersAreReplacedAndMarked() {
        NumberEncoding age = new NumberEncoding(feature("age", ColumnType.NUMBER, Missing.MEAN), 41.5, List.of(), true);
        Encodings encodings = new Encodings(List.of(NumberEncoding.plain("x"), age));
        assertThat(encodings.names()).containsExactly("x", "age", "age is missing");
        assertThat(encode(encodings, new double[] {1, NAN}, null, null)).containsExactly(1, 41.5, 1);
        assertThat(encode(encodings, new double[] {1, 7}, null, null)).containsExactly(1, 7, 0);
    }

    /** 2026-11-30 was a Monday. */
    @Test
    void partsOfDatesAreFeatures() {
        double days = new DateText(ZoneId.of("UTC"), true).parse("2026-11-30 23:59:59");
        Encodings encodings = new Encodings(List.of(new NumberEncoding(
                feature("since", ColumnType.DATE, Missing.FAIL), NAN, List.of(DatePart.values()), false)));
        double[] encoded = encode(encodings, new double[] {days}, (String) null);
        assertThat(encoded).hasSize(1 + 12 + 7 + 24);
        assertThat(encoded[0]).isEqualTo(days);
        List<String> set = new java.util.ArrayList<>();
        for (int i = 1; i < encoded.length; i++) {
            if (encoded[i] == 1) {
                set.add(encodings.names().get(i));
            } else {
                assertThat(encoded[i]).isZero();
            }
        }
        assertThat(set).containsExactly("since.month=11", "since.weekday=1", "since.hour=23");
    }

    @Test
    void hoursAreExactToTheMicrosecond() {
        for (int hour = 0; hour < 24; hour++) {
            double first = DateText.UTC.parse(String.format("2026-01-31T%02d:00:00Z", hour));
            double last = DateText.UTC.parse(String.format("2026-01-31T%02d:59:59.999Z", hour));
            assertThat(DatePart.HOUR.index(first)).isEqualTo(hour);
            assertThat(DatePart.HOUR.index(last)).isEqualTo(hour);
        }
    }

    /** CRC-32C of the nine digits is 0xE3069283, a well-known check value (RFC 3720, appendix B.4). */
    @Test
    void checksumsSelectHashFeatures() {
        Encodings encodings =
                new Encodings(List.of(new HashEncoding(feature("id", ColumnType.CATEGORY, Missing.ZERO), 10, true)));
        double[] encoded = encode(encodings, new double[] {NAN}, "123456789");
        int bucket = (int) (0xE3069283L % 10);
        assertThat(encoded[bucket]).isEqualTo(1);
        assertThat(java.util.Arrays.stream(encoded).sum()).isEqualTo(1);
        assertThat(encodings.names()).startsWith("id#0", "id#1").endsWith("id#9", "id is missing");
        assertThat(encode(encodings, new double[] {NAN}, (String) null)[10]).isEqualTo(1);
    }

    @Test
    void onlyNumbersAreStandardized() {
        Encodings encodings = new Encodings(List.of(
                city(0, true),
                new NumberEncoding(feature("age", ColumnType.NUMBER, Missing.ZERO), 0, List.of(), true)));
        Standardization encoded =
                encodings.standardization(new Standardization(new double[] {0, 40}, new double[] {1, 8}));
        assertThat(encoded.mean()).containsExactly(0, 0, 0, 40, 0);
        assertThat(encoded.deviation()).containsExactly(1, 1, 1, 8, 1);
    }
}
