/**
 * Examples that are computed from their number: truth tables, parity, spirals and the like, as many as are wanted.
 * Imports {@code data}.
 */
package dev.sparkprop.data.generated;
