/**
 * Who holds what: roles, their bindings, service accounts, and what all of it comes to for one caller at one moment. Reads
 * and writes the access store; knows neither how a caller was recognised nor what a permission guards.
 */
@NullMarked
package dev.warpgrid.server.access;

import org.jspecify.annotations.NullMarked;
