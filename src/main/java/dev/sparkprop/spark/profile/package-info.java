/**
 * Follow a table from its files to a summary of its columns: {@code CsvFormat} guesses the format of text files, and
 * {@code TableProfile} summarizes all columns in one pass.
 *
 * <p>May import {@code spark.formats}, {@code spark.files}, {@code data} and {@code text}.
 */
package dev.sparkprop.spark.profile;
