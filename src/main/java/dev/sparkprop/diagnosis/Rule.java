package dev.sparkprop.diagnosis;

/** A possible problem of a training run that can be detected in its logged iterations. */
interface Rule {
    String name();

    /** Returns true if the problem exists now. */
    boolean applies(RecentLines lines);

    /** Returns the diagnosis and suggestions, if the rule applies. */
    String text(RecentLines lines);
}
