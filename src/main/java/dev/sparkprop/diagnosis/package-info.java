/**
 * What is the matter with a training, in words. Rules over logged iterations and over a few examples; free of Spark, files and
 * consoles. Imports {@code training}, {@code optimizer}, {@code network} and {@code kernel}.
 */
package dev.sparkprop.diagnosis;
