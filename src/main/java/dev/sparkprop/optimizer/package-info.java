/**
 * Parameter updates, given a function that returns cost and gradient. Imports {@code java.*}, and Breeze in one
 * adapter. Independent of networks, data and clusters.
 */
package dev.sparkprop.optimizer;
