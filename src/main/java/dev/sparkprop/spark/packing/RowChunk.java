package dev.sparkprop.spark.packing;

import java.io.Serializable;

/**
 * Consecutive examples of one shard, sent to it together because Spark has an overhead per record. Treat it as
 * immutable.
 *
 * @param examples the number of examples
 * @param values the features, targets or class, and weight of each example, one example after another
 */
@SuppressWarnings("ArrayRecordComponent") // never compared or printed
record RowChunk(int examples, float[] values) implements Serializable {}
