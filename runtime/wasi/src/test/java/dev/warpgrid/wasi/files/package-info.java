/** Checks that guests stay inside their folders and quotas. */
@NullMarked
package dev.warpgrid.wasi.files;

import org.jspecify.annotations.NullMarked;
