/**
 * Follow a training from a checked plan to a verified model: {@link dev.sparkprop.run.TrainingRun} locks the directory
 * and finds the checkpoint to resume from; {@link dev.sparkprop.run.TrainingData} is opened; {@code TrainingLoop}
 * joins engine, optimizer and validation; {@code RunListener} logs, saves and diagnoses each iteration; {@code
 * Inspection} looks at the examples at the end; model, record, page and the mark of success are written in this order.
 * A {@link dev.sparkprop.run.RunObserver} is notified of all of it, a {@link dev.sparkprop.run.StopRequest} may end
 * it, and a {@link dev.sparkprop.run.RunOutcome} says how it ended.
 *
 * <p>May import all rooms below. Knows no command line: it neither prints nor exits, and whoever calls it decides what a
 * failure means.
 */
package dev.sparkprop.run;
