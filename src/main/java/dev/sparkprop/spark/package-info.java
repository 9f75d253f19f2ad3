/**
 * The distributed half: datasets as cached RDDs of shards, and gradients summed over them, one Spark job an evaluation.
 */
package dev.sparkprop.spark;
