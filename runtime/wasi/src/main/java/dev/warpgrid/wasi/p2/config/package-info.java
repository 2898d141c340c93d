/** {@code wasi:config/store} 0.2.0-rc.1 over the configuration of the instance. */
@NullMarked
package dev.warpgrid.wasi.p2.config;

import org.jspecify.annotations.NullMarked;
