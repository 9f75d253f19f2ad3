package dev.sparkprop.spark.formats;

import dev.sparkprop.spark.files.Split;
import java.io.Serializable;

/**
 * A part of a text file, with the lines that begin in it. Unless the part is the start of the file, its first line
 * belongs to the previous part, because the line may have begun there.
 *
 * @param split the position of the part
 * @param length the length of the part in bytes
 */
public record TextSplit(Split split, long length) implements Serializable {}
