/**
 * Follow {@code count}, {@code explain} and {@code check} from a network to its numbers:
 *
 * <ul>
 * <li>{@code count} counts weights and operations.
 * <li>{@code explain} applies the chain rule to one derivative.
 * <li>{@code check} compares the gradient with central differences.
 * </ul>
 *
 * <p>Each command computes a result, and a class named {@code …Text} or {@code …Json} formats it.
 *
 * <p>May import {@code cli.options}, {@code run}, {@code benchmark} and the lower-level packages.
 */
package dev.sparkprop.cli.gradient;
