/**
 * Follow a row from a path to the values that a parser reads from it:
 *
 * <ol>
 * <li>{@code InputFiles} finds the files, and {@code FileSystems} opens them.
 * <li>A {@code RowSource} provides their rows, and {@code Columns} defines the role of each column.
 * <li>A {@code RowParser} fills a {@code FileRow}, and a {@code RowCursor} tracks the position.
 * <li>A {@code Survey} collects statistics and problems in a pass over all rows. {@code SurveyReport} reports the
 * problems, with file and line.
 * <li>{@code ReadFailures} names the file that Spark could not read.
 * </ol>
 *
 * <p>May import {@code spark.dataset}, {@code data} and {@code text}. Does not depend on any file format: those are
 * in {@code spark.formats}.
 */
package dev.sparkprop.spark.files;
