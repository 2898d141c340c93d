/**
 * The management contract: the records and service interfaces that REST, dashboard and command line share. A service is
 * the only place that checks permissions; each call names its {@link dev.warpgrid.api.Caller}. Faults are
 * {@link dev.warpgrid.api.ApiException}s with a stable {@link dev.warpgrid.api.ErrorCode}. Knows no framework and no I/O.
 *
 * <p>Written as JSON the records keep their component names; times are RFC 3339 in UTC, sizes are {@code "64MiB"} in
 * intent and bytes in facts, durations are {@code "30s"} or ISO-8601 in intent.
 */
@NullMarked
package dev.warpgrid.api;

import org.jspecify.annotations.NullMarked;
