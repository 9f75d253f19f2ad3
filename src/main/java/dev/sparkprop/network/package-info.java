/**
 * The net and its mathematics: shapes, where parameters lie, how they start, the forward and backward pass over tiles, and
 * the same in plain float64 as the textbook has it. Imports {@code kernel} and {@code data}; knows nothing of optimizers
 * or clusters.
 */
package dev.sparkprop.network;
