/**
 * What commands share: options that name a configuration or a model, numbers as people write them, exit codes, and the
 * truth table of nets with two inputs.
 *
 * <p>May import {@code run} and the rooms below it.
 */
package dev.sparkprop.cli.options;
