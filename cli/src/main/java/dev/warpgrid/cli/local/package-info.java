/**
 * The grid of one machine: its data folder, its ports and its three processes (PostgreSQL, server, agent), which run on
 * after the command that started them has ended. May start programs and signal those it started itself, told apart by
 * process id and start time; never signals any other.
 */
@NullMarked
package dev.warpgrid.cli.local;

import org.jspecify.annotations.NullMarked;
