/** The list of deployments, and deploying by upload. */
@NullMarked
package dev.warpgrid.ui.deployments;

import org.jspecify.annotations.NullMarked;
