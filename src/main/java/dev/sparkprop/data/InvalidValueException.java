package dev.sparkprop.data;

/** A property of a value that is not allowed. */
public final class InvalidValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private static final String INVALID = "Invalid ";

    private final String property;

    /**
     * For a property by its name in configurations.
     *
     * @param value that it should have had
     * @param allowed values, in words such as {@code must be at least 1}, or why the value is not one of them
     */
    public InvalidValueException(String property, Object value, String allowed) {
        super(INVALID + property + ": " + value + " (" + allowed + ")");
        this.property = property;
    }

    /** Name of the property. */
    public String property() {
        return property;
    }

    /** The message, with the key that the property has in a section such as {@code network}. */
    public String messageIn(String section) {
        return INVALID + section + "." + getMessage().substring(INVALID.length());
    }
}
