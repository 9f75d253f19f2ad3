package dev.sparkprop.data.columns;

/** How categories become features. */
public enum CategoryEncoding {
    /** One 0/1 feature per category. */
    ONE_HOT,
    /** A fixed number of 0/1 features. A hash of the category selects the one that is 1. */
    HASH
}
