/**
 * Follow a row from its file to a prediction or a metric:
 *
 * <ol>
 * <li>A {@code ScoringNet} is sent to the tasks.
 * <li>{@code ScoredRows} reads rows and runs a {@code TileScorer} over 256 of them at a time.
 * <li>{@link dev.sparkprop.spark.scoring.FilePredictions} writes rows with predictions, using {@code PredictRows}.
 * <li>{@link dev.sparkprop.spark.scoring.FileEvaluation} computes {@code Scores} from {@code LabelledRows}.
 * {@code RankRows} sorts the rows.
 * <li>{@code PackedConfusion}, {@code PackedSample} and {@code TargetVariance} analyze a dataset that has already
 * been packed.
 * </ol>
 *
 * <p>May import {@code spark.formats}, {@code spark.files}, {@code spark.dataset}, {@code metrics}, {@code network},
 * {@code kernel}, {@code data} and {@code text}.
 */
package dev.sparkprop.spark.scoring;
