/**
 * Follow a key from a file to the place where it counts: {@code ConfigFiles} and {@code Overrides} read HOCON, {@code
 * Settings} takes a value out and notes what is wrong with it, {@code PlanReader} and its helpers make the parts of a
 * {@link dev.sparkprop.config.TrainingPlan}, and {@code UnknownKeys} finds keys that the defaults do not have. Every
 * problem is found at once, with file and line.
 *
 * <p>May import the mathematics: {@code training} and the rooms below. The only room that knows HOCON.
 */
package dev.sparkprop.config;
