/**
 * How parameters move, given a function that returns cost and gradient. Imports {@code java.*}, and Breeze in one
 * adapter; knows nothing of nets, data or clusters.
 */
package dev.sparkprop.optimizer;
