/**
 * The port agents connect to: joining, the long-lived link of each node, artifacts and certificates. Only nodes with a
 * certificate of this grid get past {@link dev.warpgrid.server.link.NodeAuthentication}. May touch stores, facts and
 * certificates; decides nothing.
 */
@NullMarked
package dev.warpgrid.server.link;

import org.jspecify.annotations.NullMarked;
