/**
 * Follow a run onto a file system and back: {@link dev.sparkprop.store.RunDirectory} writes it, each file as a whole
 * and each change only while the lock is held: {@link dev.sparkprop.store.RunRecord} ({@code run.json}), {@link
 * dev.sparkprop.store.MetricsLog}, {@link dev.sparkprop.store.Checkpoints}, {@link dev.sparkprop.store.Model},
 * examples, the page. {@link dev.sparkprop.store.RecordedRun} reads it again. Tensors are in {@code Safetensors}.
 *
 * <p>May import {@code store.lock}, {@code store.files}, {@code diagnosis}, {@code training} and the mathematics below.
 * Only this room, its two below and {@code spark} know Hadoop's file systems.
 */
package dev.sparkprop.store;
