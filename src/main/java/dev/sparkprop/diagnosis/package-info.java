/**
 * What is wrong with a training, in words, and what to try. Rules over logged iterations and over a few examples.
 *
 * <p>May import {@code training}, {@code optimizer}, {@code network}, {@code kernel} and {@code text}. Free of Spark,
 * files and consoles.
 */
package dev.sparkprop.diagnosis;
