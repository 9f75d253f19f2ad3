/**
 * Examples and their memory layout: tiles, shards, the sources that write examples by number, and the properties of
 * the training files that a model keeps. Imports only {@code java.*}, so that the layout can be understood without
 * knowledge of Spark or of the network.
 */
package dev.sparkprop.data;
