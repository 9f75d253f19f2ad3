/**
 * Follow a column of a table to the features that a network reads:
 *
 * <ol>
 * <li>{@code ColumnRules} states how the configuration wants columns to be read and encoded.
 * <li>A {@code Feature} is one column as it is read: a number, a boolean, a date or a category.
 * <li>{@code ColumnStatistics} collects what has to be learned from the training examples; {@code RankSearch} finds
 * medians.
 * <li>{@code LearnedEncodings} chooses an encoding for each column, and {@code Encodings} applies all of them.
 * </ol>
 *
 * <p>May import {@code data} and {@code text}.
 */
package dev.sparkprop.data.columns;
