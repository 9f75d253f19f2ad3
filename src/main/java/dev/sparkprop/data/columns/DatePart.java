package dev.sparkprop.data.columns;

import java.time.LocalDate;
import java.util.List;
import java.util.function.ToIntFunction;

/** Parts of a date that can become features of their own, one 0/1 feature per value. */
public enum DatePart {
    /** The month, 1 to 12. */
    MONTH(1, 12, days -> date(days).getMonthValue()),
    /** The day of the week, 1 (Monday) to 7. */
    WEEKDAY(1, 7, days -> date(days).getDayOfWeek().getValue()),
    /** The hour of the day, 0 to 23. */
    HOUR(0, 23, DatePart::hourOf);

    private final int first;
    private final int last;
    private final ToIntFunction<Double> of;

    DatePart(int first, int last, ToIntFunction<Double> of) {
        this.first = first;
        this.last = last;
        this.of = of;
    }

    private static LocalDate date(double days) {
        return LocalDate.ofEpochDay((long) Math.floor(days));
    }

    private static int hourOf(double days) {
        // a time is stored to the microsecond, so adding half of one undoes the rounding of the fraction
        double fraction = days - Math.floor(days) + 0.5e-6 / 86_400;
        return Math.min(23, (int) (fraction * 24));
    }

    /** Returns the number of features. */
    int width() {
        return last - first + 1;
    }

    /** Returns the position of a date's feature. */
    int index(double days) {
        return of.applyAsInt(days) - first;
    }

    /** Adds the names of the features to a list. */
    void addNames(String column, List<String> names) {
        for (int value = first; value <= last; value++) {
            names.add(column + "." + name().toLowerCase(java.util.Locale.ROOT) + "=" + value);
        }
    }
}
