/**
 * The trail of writes: makes entries, chains them by hash, finds, exports and verifies them, and lets old ones go. Never
 * decides what is written, and holds no secret.
 */
@NullMarked
package dev.warpgrid.server.audit;

import org.jspecify.annotations.NullMarked;
