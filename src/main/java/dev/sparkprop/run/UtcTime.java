package dev.sparkprop.run;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as names of directories. */
public final class UtcTime {
    // without colons, which Hadoop reads as the end of a scheme
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private UtcTime() {}

    /** Such as {@code 20260131T235959.000Z}: in the order of the alphabet, times are in their own order. */
    public static String name(Instant time) {
        return FORMAT.format(time);
    }
}
