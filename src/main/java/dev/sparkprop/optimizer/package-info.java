/**
 * How parameters move, given a function that tells cost and gradient. Knows nothing of nets, data or clusters.
 */
package dev.sparkprop.optimizer;
