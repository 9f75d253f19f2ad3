/** How good predictions are: counts and sums that add up in any order, and what follows from them. Imports {@code data} alone. */
package dev.sparkprop.metrics;
