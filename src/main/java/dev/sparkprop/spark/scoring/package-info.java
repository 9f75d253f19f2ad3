/**
 * Follow a row from its file to a prediction or a figure: a {@code ScoringNet} goes out to the tasks; {@code
 * ScoredRows} reads rows and runs a {@code TileScorer} over 256 of them at a time. {@link
 * dev.sparkprop.spark.scoring.FilePredictions} writes rows with predictions ({@code PredictRows}); {@link
 * dev.sparkprop.spark.scoring.FileEvaluation} adds {@code Scores} up from {@code LabelledRows}, and {@code RankRows}
 * sorts them. {@code PackedConfusion}, {@code PackedSample} and {@code TargetVariance} look at a dataset that is packed already.
 *
 * <p>May import {@code spark.formats}, {@code spark.files}, {@code spark.dataset}, {@code metrics}, {@code network},
 * {@code kernel}, {@code data} and {@code text}.
 */
package dev.sparkprop.spark.scoring;
