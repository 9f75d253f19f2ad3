/**
 * Follow a line or a row of a table from its file to a parsed row: {@code FileFormats} opens files of any format.
 * {@code TextSource} cuts files into {@code TextSplit}s; {@code ReadText} reads them as {@code TextRows}, line by
 * line, and a {@code BadLine} stands for what is no text; {@code CsvParser} or {@code LibsvmParser} reads the line.
 * {@code ParquetSource} lets Spark read the columns that are needed, and {@code ParquetParser} takes them over.
 *
 * <p>May import {@code spark.files}, {@code data} and {@code text}. A new format is a source and a parser here.
 */
package dev.sparkprop.spark.formats;
