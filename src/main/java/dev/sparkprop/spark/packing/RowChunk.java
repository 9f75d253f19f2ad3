package dev.sparkprop.spark.packing;

import java.io.Serializable;

/**
 * Consecutive examples of one shard on their way to it: so many at once, because Spark takes its time for each thing that it
 * sends. A carrier; nobody writes to it.
 *
 * @param examples in it
 * @param values features, targets or class, and weight of one example after the other
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: never compared, never printed
record RowChunk(int examples, float[] values) implements Serializable {}
