package dev.sparkprop.run;

/**
 * A dataset in the memory of executors.
 *
 * @param seconds that packing took
 * @param bytesInMemory of its shards
 * @param bytesOnDisk of shards that do not fit in memory
 */
public record PackedFacts(double seconds, long bytesInMemory, long bytesOnDisk) {}
