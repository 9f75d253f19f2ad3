/**
 * The command {@code describe}: from files to a summary of their columns and a suggested configuration.
 *
 * <p>May import {@code run}, {@code spark}, {@code config}, {@code data} and {@code cli.options}.
 */
package dev.sparkprop.cli.describe;
