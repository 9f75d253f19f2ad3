package dev.sparkprop.run;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Formats times as directory names. */
public final class UtcTime {
    // without colons, because Hadoop parses a colon as the end of a scheme
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private UtcTime() {}

    /**
     * Returns a name such as {@code 20260131T235959.000Z}. The alphabetical order of names is the chronological
     * order.
     */
    public static String name(Instant time) {
        return FORMAT.format(time);
    }
}
