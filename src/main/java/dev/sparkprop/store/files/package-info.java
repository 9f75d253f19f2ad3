/**
 * Follow bytes to a file that is written atomically: {@code Storage} writes, renames and reads files on any Hadoop
 * file system. {@code LocalErrors} converts the errors of Hadoop's local file system to exceptions. {@code FileJson}
 * reads JSON with size limits.
 *
 * <p>Imports no other package of this program.
 */
package dev.sparkprop.store.files;
