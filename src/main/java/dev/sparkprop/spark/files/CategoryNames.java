package dev.sparkprop.spark.files;

import java.util.HashMap;
import java.util.Map;

/** Remembers the categories that texts stand for, because the same texts occur again and again. For one thread. */
public final class CategoryNames {
    /** Columns with more different texts are rare. Further texts are read each time. */
    private static final int MAX_TEXTS = 10_000;

    private static final int MAX_LENGTH = 100;

    private final Map<String, String> names = new HashMap<>();

    /** Returns the category of a text; null if it is not known yet. */
    String known(String text) {
        return names.get(text);
    }

    /** Remembers the category of a text. */
    void add(String text, String name) {
        if (names.size() < MAX_TEXTS && text.length() <= MAX_LENGTH) {
            names.put(text, name);
        }
    }
}
