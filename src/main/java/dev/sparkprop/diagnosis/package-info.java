/**
 * Diagnoses of problems in a training run, in words, with suggestions. Rules inspect logged iterations and
 * a few examples.
 *
 * <p>May import {@code training}, {@code optimizer}, {@code network}, {@code kernel} and {@code text}. Does not
 * depend on Spark, files or consoles.
 */
package dev.sparkprop.diagnosis;
