package dev.sparkprop.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names of constants in configurations and files: {@code BINARY_CROSS_ENTROPY} is {@code binary-cross-entropy}. */
public final class ConstantName {
    private ConstantName() {}

    /** Returns the name of a constant. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the names of all constants, in order. */
    public static <E extends Enum<E>> List<String> all(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(ConstantName::of).toList();
    }

    /** Returns the constant with a name, if there is one. */
    public static <E extends Enum<E>> Optional<E> parse(Class<E> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> of(constant).equals(name))
                .findFirst();
    }
}
