/**
 * Follow bytes to a file that is either there with all its content or not at all: {@code Storage} writes, renames and
 * reads on any file system of Hadoop's; {@code LocalErrors} makes exceptions of the errors that Hadoop's local one
 * throws; {@code FileJson} reads JSON within bounds.
 *
 * <p>Imports no other room.
 */
package dev.sparkprop.store.files;
