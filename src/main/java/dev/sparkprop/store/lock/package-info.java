/**
 * Follow a lock from its taking to its release, or to the run that takes it over: {@code RunLock} is held by the
 * kernel on local disks ({@code KernelLock}) and by a file elsewhere ({@code FileLock}), which names a {@code
 * LockOwner}. {@code OwnedFiles} lets every change of a run's files pass through the owner's work directory, so that
 * an owner that lost the lock changes nothing.
 *
 * <p>May import {@code store.files}.
 */
package dev.sparkprop.store.lock;
