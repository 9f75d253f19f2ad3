/**
 * Follow {@code train} from its options to the last line of output:
 *
 * <ol>
 * <li>{@link dev.sparkprop.cli.train.TrainCommand} reads the plan and calls {@code run}.
 * <li>{@code TrainingConsole} prints the events. On a terminal, {@code TrainingProgress} updates a {@code LiveLine}.
 * <li>{@code StopSignals} turns SIGTERM and SIGINT into requests to stop.
 * <li>{@code TimesText} reports where the time was spent.
 * </ol>
 *
 * <p>May import {@code cli.options}, {@code run}, {@code benchmark} and the lower-level packages.
 */
package dev.sparkprop.cli.train;
