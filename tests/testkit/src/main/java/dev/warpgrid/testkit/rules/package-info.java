/** The house rules: what the POMs cannot hold, checked over each module's own classes. Owns no fixtures. */
@NullMarked
package dev.warpgrid.testkit.rules;

import org.jspecify.annotations.NullMarked;
