/**
 * Follow a run onto a file system and back:
 *
 * <ol>
 * <li>{@link dev.sparkprop.store.RunDirectory} writes each file atomically, and changes files only while it holds the
 * lock.
 * <li>The files are {@link dev.sparkprop.store.RunRecord} ({@code run.json}), {@link dev.sparkprop.store.MetricsLog},
 * {@link dev.sparkprop.store.Checkpoints}, {@link dev.sparkprop.store.Model}, the examples, and the report page.
 * {@code Safetensors} stores the tensors.
 * <li>{@link dev.sparkprop.store.RecordedRun} reads the files.
 * </ol>
 *
 * <p>May import {@code store.lock}, {@code store.files}, {@code diagnosis}, {@code training} and the lower-level
 * mathematical packages. Only this package, its two subpackages and {@code spark} depend on Hadoop's file systems.
 */
package dev.sparkprop.store;
