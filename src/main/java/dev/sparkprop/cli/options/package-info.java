/**
 * Code that several commands share: options for a configuration or a model, parsing of numbers, exit codes, and the
 * truth table of networks with two inputs.
 *
 * <p>May import {@code run} and the lower-level packages.
 */
package dev.sparkprop.cli.options;
