/**
 * Examples and how they lie in memory: tiles, shards, and the sources that write them by number. Imports nothing but
 * {@code java.*}, so that the layout can be read without knowing Spark or the net.
 */
package dev.sparkprop.data;
