/**
 * The network and its mathematics: shapes, the layout and initialization of parameters, the forward and backward pass
 * over tiles, and a textbook implementation in plain float64. Imports {@code kernel}, {@code data} and {@code text}.
 * Independent of optimizers and clusters.
 */
package dev.sparkprop.network;
