/** The widgets views are made of: charts, states, log tail, bars, words for numbers. Knows no service. */
@NullMarked
package dev.warpgrid.ui.part;

import org.jspecify.annotations.NullMarked;
