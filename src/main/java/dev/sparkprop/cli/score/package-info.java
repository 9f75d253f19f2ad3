/**
 * Follow the commands {@code predict} and {@code evaluate} from a model and files to predictions and metrics:
 *
 * <ol>
 * <li>The commands read the model, call {@code spark.scoring}, and print the result.
 * <li>{@code EvaluationText} and {@code EvaluationJson} format the metrics, for people and for programs.
 * </ol>
 *
 * <p>May import {@code cli.options}, {@code run} and the lower-level packages.
 */
package dev.sparkprop.cli.score;
