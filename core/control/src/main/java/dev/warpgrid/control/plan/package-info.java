/**
 * The last look before a plan is written: its parts are compared with what the committing transaction sees. May touch
 * actions and snapshots; never decides anew.
 */
@NullMarked
package dev.warpgrid.control.plan;

import org.jspecify.annotations.NullMarked;
