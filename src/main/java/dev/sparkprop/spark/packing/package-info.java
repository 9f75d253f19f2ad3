/**
 * Follow an example from a row of a file to its place in a shard:
 *
 * <ol>
 * <li>{@link dev.sparkprop.spark.packing.FileExamples} surveys all files.
 * <li>{@code Numbering} assigns each example a number, which depends on the files alone.
 * <li>{@code NumberRows} standardizes the rows and cuts them into {@code RowChunk}s.
 * <li>Spark's shuffle moves the chunks to the partition of their shard, in order.
 * <li>{@code PackRows} packs the shards.
 * </ol>
 *
 * <p>May import {@code spark.formats}, {@code spark.files}, {@code spark.dataset}, {@code data} and {@code text}.
 */
package dev.sparkprop.spark.packing;
