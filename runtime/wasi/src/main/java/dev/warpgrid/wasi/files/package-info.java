/**
 * The folders that guests are given: volumes with quotas, and open files and folders in them, for every version of WASI.
 * Owns the only way from a guest's path to the machine's: each step is one system call on one name relative to an open
 * folder and follows no link by itself, so that neither {@code ..}, an absolute path, a symbolic link nor a race between
 * guests leads out of a volume. Touches the file system through the C library (Linux on x86-64 and aarch64), and never a
 * path that a guest put together.
 */
@NullMarked
package dev.warpgrid.wasi.files;

import org.jspecify.annotations.NullMarked;
