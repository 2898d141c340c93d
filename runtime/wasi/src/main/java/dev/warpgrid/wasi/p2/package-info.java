/** The version of WASI 0.2 that the host interfaces in the packages below answer to, and their list. Owns no behaviour. */
@NullMarked
package dev.warpgrid.wasi.p2;

import org.jspecify.annotations.NullMarked;
