/**
 * What the grid can be asked to do: the service interfaces of {@code dev.warpgrid.api}. The only place that checks
 * permissions, and the owner of transactions. Touches stores and observed state through ports; knows neither HTTP nor JPA.
 */
@NullMarked
package dev.warpgrid.server.service;

import org.jspecify.annotations.NullMarked;
