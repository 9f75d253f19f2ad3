/**
 * Generated examples: truth tables, parity, spirals and similar datasets of any size. Each example is computed from
 * its number. Imports {@code data}.
 */
package dev.sparkprop.data.generated;
