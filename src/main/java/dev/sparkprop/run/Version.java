package dev.sparkprop.run;

/** The version of this program. */
public final class Version {
    private Version() {}

    /** Returns the version in the JAR's manifest; {@code development} if the classes are not in a JAR. */
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
