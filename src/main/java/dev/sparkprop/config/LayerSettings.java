package dev.sparkprop.config;

import com.typesafe.config.ConfigList;
import java.util.ArrayList;
import java.util.List;

/**
 * The widths of a network's layers.
 *
 * @param settings the settings
 */
record LayerSettings(Settings settings) {
    private static final String KEY = "network.layers";

    /** Returns true if the number of inputs follows from the data: the first width is the word {@code auto}. */
    boolean autoInputs() {
        return settings.has(KEY)
                && settings.value(KEY) instanceof ConfigList list
                && !list.isEmpty()
                && "auto".equals(list.get(0).unwrapped());
    }

    /** Returns the widths, from the inputs to the outputs. The width of automatic inputs is 1. */
    List<Integer> widths() {
        if (!(settings.value(KEY) instanceof ConfigList list)) {
            settings.invalid(
                    KEY, Values.text(settings.value(KEY)), "must be a list of whole numbers, such as [2, 2, 1]");
            return List.of();
        }
        List<Integer> widths = new ArrayList<>(autoInputs() ? List.of(1) : List.of());
        list.subList(widths.size(), list.size())
                .forEach(element -> widths.add((int) settings.integer(KEY, element, 1, Integer.MAX_VALUE, "")));
        return widths;
    }
}
