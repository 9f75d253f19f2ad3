package dev.sparkprop.run;

/**
 * A dataset in the executors' storage.
 *
 * @param seconds the time that packing took
 * @param bytesInMemory the size of the shards in memory
 * @param bytesOnDisk the size of the shards that do not fit in memory
 */
public record PackedFacts(double seconds, long bytesInMemory, long bytesOnDisk) {}
