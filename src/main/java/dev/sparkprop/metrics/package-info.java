/**
 * The quality of predictions: counts and sums that can be added in any order, and metrics computed from them. Imports
 * {@code data} only.
 */
package dev.sparkprop.metrics;
