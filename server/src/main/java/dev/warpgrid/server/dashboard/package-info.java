/**
 * The bridge between the dashboard's jar and the container: how its views get their services, and whom it believes to sit
 * before the browser. Shows nothing itself.
 */
@NullMarked
package dev.warpgrid.server.dashboard;

import org.jspecify.annotations.NullMarked;
