package dev.sparkprop.diagnosis;

/** Something that may be the matter with a training, seen in its logged iterations. */
interface Rule {
    String name();

    /** Whether it is the matter now. */
    boolean applies(Stretch stretch);

    /** What is the matter and what to try, where it applies. */
    String text(Stretch stretch);
}
