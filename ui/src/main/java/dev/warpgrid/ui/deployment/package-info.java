/** One deployment: how is it doing, and what can be done? */
@NullMarked
package dev.warpgrid.ui.deployment;

import org.jspecify.annotations.NullMarked;
