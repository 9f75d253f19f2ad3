/**
 * Follow a training run from a checked plan to a verified model:
 *
 * <ol>
 * <li>{@link dev.sparkprop.run.TrainingRun} locks the directory and finds the checkpoint to resume from.
 * <li>{@link dev.sparkprop.run.TrainingData} opens the data.
 * <li>{@code TrainingLoop} connects engine, optimizer and validation. {@code RunListener} logs, saves and diagnoses
 * each iteration.
 * <li>{@code Inspection} evaluates the final parameters on the examples.
 * <li>The model, the record, the page and the success marker are written, in this order.
 * </ol>
 *
 * <p>A {@link dev.sparkprop.run.RunObserver} is notified of all events, a {@link dev.sparkprop.run.StopRequest} may
 * end the run, and a {@link dev.sparkprop.run.RunOutcome} states how it ended.
 *
 * <p>May import all lower-level packages. Does not depend on the command line: it neither prints nor exits, and the
 * caller decides how to handle a failure.
 */
package dev.sparkprop.run;
