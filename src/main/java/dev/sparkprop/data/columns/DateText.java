package dev.sparkprop.data.columns;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Converts dates and times to days since 1970-01-01 in a time zone. The time of day is the fraction.
 *
 * @param zone the time zone of the days
 * @param stated whether the configuration states the zone. Texts without a zone are rejected otherwise.
 */
public record DateText(ZoneId zone, boolean stated) implements Serializable {
    /** UTC, not stated. */
    public static final DateText UTC = new DateText(ZoneOffset.UTC, false);

    /** The values that are allowed, for messages. */
    public String allowed() {
        return "must be a date such as 2026-01-31, or a time such as 2026-01-31T12:00:00Z"
                + (stated ? "" : "; state the time zone of times without one as zone = UTC");
    }

    /** Returns the days, or NaN if the text is neither a date nor a time with a known zone. */
    public double parse(String text) {
        String iso = text.strip();
        if (iso.length() < 10) {
            return Double.NaN;
        }
        try {
            if (iso.length() == 10) {
                return LocalDate.parse(iso).toEpochDay();
            }
            iso = iso.charAt(10) == ' ' ? iso.substring(0, 10) + "T" + iso.substring(11) : iso;
            if (hasOffset(iso)) {
                return days(OffsetDateTime.parse(iso).toInstant());
            }
            return stated ? days(LocalDateTime.parse(iso)) : Double.NaN;
        } catch (DateTimeException e) {
            return Double.NaN;
        }
    }

    private static boolean hasOffset(String iso) {
        return iso.endsWith("Z") || iso.indexOf('+', 10) > 0 || iso.indexOf('-', 10) > 0;
    }

    /** Returns the days of an instant. */
    public double days(Instant instant) {
        return days(LocalDateTime.ofInstant(instant, zone));
    }

    /** Returns the days of a local time. */
    public double days(LocalDateTime time) {
        return time.toLocalDate().toEpochDay() + time.toLocalTime().toNanoOfDay() / 86_400e9;
    }
}
