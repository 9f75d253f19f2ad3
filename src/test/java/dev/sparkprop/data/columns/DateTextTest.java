package dev.sparkprop.data.columns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class DateTextTest {
    private static final DateText PARIS = new DateText(ZoneId.of("Europe/Paris"), true);

    @Test
    void datesAreDaysSince1970() {
        assertThat(DateText.UTC.parse("1970-01-01")).isZero();
        assertThat(DateText.UTC.parse(" 2000-03-01 ")).isEqualTo(11_017);
        assertThat(DateText.UTC.parse("1969-12-31")).isEqualTo(-1);
        assertThat(PARIS.parse("1970-01-02")).isEqualTo(1);
    }

    @Test
    void timesWithAZoneAreConverted() {
        assertThat(DateText.UTC.parse("1970-01-02T12:00:00Z")).isEqualTo(1.5);
        assertThat(DateText.UTC.parse("1970-01-02T12:00:00+06:00")).isEqualTo(1.25);
        assertThat(PARIS.parse("1970-01-02T11:00:00Z")).isEqualTo(1.5);
    }

    @Test
    void timesWithoutAZoneNeedAStatedOne() {
        assertThat(DateText.UTC.parse("1970-01-02 12:00:00")).isNaN();
        assertThat(PARIS.parse("1970-01-02 12:00:00")).isEqualTo(1.5);
        assertThat(PARIS.parse("1970-01-02T06:00")).isEqualTo(1.25);
    }

    @Test
    void otherTextsAreNotDates() {
        for (String text :
                new String[] {"", "now", "1970", "1970-13-01", "1970-02-30", "01.02.1970", "1970-01-01T25:00Z"}) {
            assertThat(DateText.UTC.parse(text)).isNaN();
            assertThat(PARIS.parse(text)).isNaN();
        }
    }
}
