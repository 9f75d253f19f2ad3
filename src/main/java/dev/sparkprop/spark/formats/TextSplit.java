package dev.sparkprop.spark.formats;

import dev.sparkprop.spark.files.Split;
import java.io.Serializable;

/**
 * A part of a file of lines: those that begin in it, but for the first one if a line may have begun before it.
 *
 * @param split where the part begins
 * @param length of it in bytes
 */
public record TextSplit(Split split, long length) implements Serializable {}
