/**
 * Follow a line, or a row of a table, from its file to a parsed row:
 *
 * <ol>
 * <li>{@code FileFormats} opens files of any format.
 * <li>{@code TextSource} cuts text files into {@code TextSplit}s, and {@code ReadText} reads them as
 * {@code TextRows}, line by line. A {@code BadLine} replaces a line that is not valid text. {@code CsvParser} or
 * {@code LibsvmParser} parses the line.
 * <li>{@code ParquetSource} reads the required columns with Spark, and {@code ParquetParser} parses the rows.
 * </ol>
 *
 * <p>May import {@code spark.files}, {@code data} and {@code text}. To support a new format, add a source and a
 * parser here.
 */
package dev.sparkprop.spark.formats;
