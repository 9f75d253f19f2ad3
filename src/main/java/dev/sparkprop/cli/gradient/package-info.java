/**
 * Follow {@code count}, {@code explain} and {@code check} from a net to its numbers: how many weights and operations
 * it has, the chain rule for one of its derivatives, and whether its gradient is right. Each command computes a value,
 * and a class named {@code …Text} or {@code …Json} shows it.
 *
 * <p>May import {@code cli.options}, {@code run}, {@code benchmark} and the rooms below.
 */
package dev.sparkprop.cli.gradient;
