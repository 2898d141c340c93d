/** The public face of the Component Model host: load a component, link it to host interfaces, call it. */
@NullMarked
package dev.warpgrid.component;

import org.jspecify.annotations.NullMarked;
