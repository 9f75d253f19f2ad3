/**
 * Follow a row from a path to what a parser reads from it: {@code InputFiles} finds the files, {@code FileSystems}
 * opens them; a {@code RowSource} has their rows, {@code Columns} know what each column is for, a {@code RowParser}
 * fills a {@code FileRow}, and a {@code RowCursor} counts where it is. A {@code Survey} collects what a pass over all
 * rows finds; {@code SurveyReport} says what is wrong with it, with file and line. {@code ReadFailures} names the file
 * that Spark could not read.
 *
 * <p>May import {@code spark.dataset}, {@code data} and {@code text}. Knows no format of files: those are in {@code
 * spark.formats}.
 */
package dev.sparkprop.spark.files;
