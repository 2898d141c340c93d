/**
 * Warms the JVM's ahead-of-time cache at build time. Runs the commands against a server of its own on loopback; part of no
 * command.
 */
@NullMarked
package dev.warpgrid.cli.training;

import org.jspecify.annotations.NullMarked;
