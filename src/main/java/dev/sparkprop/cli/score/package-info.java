/**
 * Follow {@code predict} and {@code evaluate} from a model and files to predictions and figures: the commands open the
 * model, call {@code spark.scoring}, and print; {@code EvaluationText} and {@code EvaluationJson} show the same
 * figures to people and programs.
 *
 * <p>May import {@code cli.options}, {@code run} and the rooms below.
 */
package dev.sparkprop.cli.score;
