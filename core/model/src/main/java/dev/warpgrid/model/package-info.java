/**
 * What the grid is made of: identifiers, sizes, intent as agents see it, and facts as agents report them. Plain records
 * without behaviour beyond their own rules. May touch the JDK's values only: no clock, thread, random, socket or file.
 */
@NullMarked
package dev.warpgrid.model;

import org.jspecify.annotations.NullMarked;
