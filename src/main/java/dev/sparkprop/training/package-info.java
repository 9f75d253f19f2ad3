/**
 * Follow a training run from its first parameters to its last:
 *
 * <ol>
 * <li>The {@link dev.sparkprop.training.Trainer} runs the optimizer, which evaluates a
 * {@link dev.sparkprop.training.MeanObjective} in each iteration.
 * <li>It validates, logs and saves checkpoints when the {@link dev.sparkprop.training.Schedule} requires it.
 * <li>It stops when one of the {@link dev.sparkprop.training.StopRules} applies.
 * <li>The {@link dev.sparkprop.training.Ledger} records the time spent in each phase.
 * </ol>
 *
 * <p>May import {@code evaluation} and the mathematics below it, so that training does not depend on Spark,
 * files or consoles.
 */
package dev.sparkprop.training;
