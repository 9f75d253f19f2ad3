package dev.sparkprop.run;

/** The version of this program. */
public final class Version {
    private Version() {}

    /** As the jar's manifest has it; {@code development} for classes that are in no jar. */
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
