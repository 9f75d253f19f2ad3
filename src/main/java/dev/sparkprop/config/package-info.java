/**
 * Follow a key from a configuration file to a training plan:
 *
 * <ol>
 * <li>{@code ConfigFiles} and {@code Overrides} read HOCON.
 * <li>{@code UnknownKeys} finds keys that the defaults do not contain.
 * <li>{@code Settings} returns the value of a key and records problems with it.
 * <li>{@code PlanReader} and its helpers build the parts of a {@link dev.sparkprop.config.TrainingPlan}.
 * </ol>
 *
 * <p>All problems are reported at once, with file and line.
 *
 * <p>May import {@code training} and the lower-level mathematical packages. No other package depends on HOCON.
 */
package dev.sparkprop.config;
