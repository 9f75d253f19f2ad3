/**
 * Follow a lock from its acquisition to its release, or to the run that takes it over:
 *
 * <ol>
 * <li>A {@code RunLock} is held by the kernel on local disks ({@code KernelLock}) and by a file on other file systems
 * ({@code FileLock}). The file names a {@code LockOwner}.
 * <li>{@code OwnedFiles} moves each change of a run's files through the owner's work directory. An owner that has
 * lost the lock therefore cannot change anything.
 * </ol>
 *
 * <p>May import {@code store.files}.
 */
package dev.sparkprop.store.lock;
