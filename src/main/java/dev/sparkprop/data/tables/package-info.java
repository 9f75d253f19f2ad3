/**
 * Tables of examples: how the configuration describes them, and what is learned from them to read similar ones.
 *
 * <p>May import {@code data}, {@code data.columns} and {@code text}.
 */
package dev.sparkprop.data.tables;
