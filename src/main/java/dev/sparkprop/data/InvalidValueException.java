package dev.sparkprop.data;

/** Thrown when a property has an invalid value. */
public final class InvalidValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private static final String INVALID = "Invalid ";

    private final String property;

    /**
     * Creates an exception for a property of a configuration.
     *
     * @param property the name of the property
     * @param value the invalid value
     * @param allowed the valid values, in words such as {@code must be at least 1}, or the reason why the
     *     value is invalid
     */
    public InvalidValueException(String property, Object value, String allowed) {
        super(INVALID + property + ": " + value + " (" + allowed + ")");
        this.property = property;
    }

    /** Returns the name of the property. */
    public String property() {
        return property;
    }

    /** Returns the message with the property's full key, given its section, such as {@code network}. */
    public String messageIn(String section) {
        return INVALID + section + "." + getMessage().substring(INVALID.length());
    }
}
