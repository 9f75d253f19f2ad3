/**
 * Follow an example from a row of a file to its place in a shard: {@link dev.sparkprop.spark.packing.FileExamples}
 * surveys all files once; {@code Numbering} gives each example its number, which depends on the files alone; {@code
 * NumberRows} standardizes and cuts the rows into {@code RowChunk}s; Spark's shuffle brings them to the partition of
 * their shard, in order; {@code PackRows} packs them.
 *
 * <p>May import {@code spark.formats}, {@code spark.files}, {@code spark.dataset}, {@code data} and {@code text}.
 */
package dev.sparkprop.spark.packing;
