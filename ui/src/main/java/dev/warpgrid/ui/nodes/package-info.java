/** Nodes: is there room? */
@NullMarked
package dev.warpgrid.ui.nodes;

import org.jspecify.annotations.NullMarked;
