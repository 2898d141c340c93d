/**
 * How answers look: tables, colours, sizes and times for people, JSON for programs. Knows no grid and reads no input.
 */
@NullMarked
package dev.warpgrid.cli.output;

import org.jspecify.annotations.NullMarked;
