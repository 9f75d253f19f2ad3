/**
 * Examples and how they lie in memory: tiles, shards, the sources that write examples by number, and what a model has
 * to know of the files that it learned from. Imports {@code java.*} only, so that the layout can be read without
 * knowing Spark or the net.
 */
package dev.sparkprop.data;
