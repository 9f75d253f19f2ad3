/**
 * Follow a command line from its words to an exit code: {@link dev.sparkprop.cli.Main} hands it to the command of its
 * name, which is in a room by its verb, prints what went wrong, and ends the process. {@code PrintableOutput} keeps
 * control characters away from terminals.
 *
 * <p>The commands: {@code cli.train}, {@code cli.score} (predict, evaluate), {@code cli.gradient} (count, explain,
 * check), {@code cli.bench}, {@code cli.report}; {@code cli.options} below them has what they share. Only {@code cli}
 * and its rooms use picocli, {@code System.out} and {@code System.exit}; nothing imports them.
 */
package dev.sparkprop.cli;
