/**
 * One class for each command: reads its options, asks the grid, prints the answer. Holds no protocol and no process
 * handling.
 */
@NullMarked
package dev.warpgrid.cli.command;

import org.jspecify.annotations.NullMarked;
