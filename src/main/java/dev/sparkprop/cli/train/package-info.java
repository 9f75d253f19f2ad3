/**
 * Follow {@code train} from its options to the last line: {@link dev.sparkprop.cli.train.TrainCommand} reads the plan
 * and calls {@code run}; {@code TrainingConsole} prints its events, with {@code TrainingProgress} in a {@code
 * LiveLine} on a terminal; {@code StopSignals} turn SIGTERM and SIGINT into requests to stop; {@code TimesText} says
 * where the time went.
 *
 * <p>May import {@code cli.options}, {@code run}, {@code benchmark} and the rooms below.
 */
package dev.sparkprop.cli.train;
