/**
 * From definitions to a plan: resolves every index, binds imports, checks types, and lists what a running instance
 * must do. Used twice for each component, once without a host when it is parsed and once with one when it is linked.
 * It owns names and versions; it may touch binary forms, types and plans, and never calls an engine.
 */
@NullMarked
package dev.warpgrid.component.link;

import org.jspecify.annotations.NullMarked;
