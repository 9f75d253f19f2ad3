/**
 * Follow a command line from its arguments to an exit code:
 *
 * <ol>
 * <li>{@link dev.sparkprop.cli.Main} installs {@code PrintableOutput}, which keeps control characters away from
 * terminals.
 * <li>It passes the arguments to the command of that name. The commands are in subpackages: {@code cli.train},
 * {@code cli.score} (predict, evaluate), {@code cli.gradient} (count, explain, check), {@code cli.bench} and
 * {@code cli.report}. They share {@code cli.options}.
 * <li>It prints errors, and ends the process with the exit code.
 * </ol>
 *
 * <p>May import these subpackages, and {@code run}, {@code spark} and {@code text} for the version and for printing
 * failures. Only {@code cli} and its subpackages use picocli, {@code System.out} and {@code System.exit}. No other
 * package imports them.
 */
package dev.sparkprop.cli;
