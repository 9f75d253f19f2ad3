/**
 * From HOCON to a {@link dev.sparkprop.config.TrainingPlan}, with every problem found at once, each with its file and line.
 */
package dev.sparkprop.config;
