/**
 * The REST face of the services under {@code /api/v1}: JSON in and out, problems, entity tags, streams. Thin: it checks no
 * permission and knows no store but that of kept answers.
 */
@NullMarked
package dev.warpgrid.server.rest;

import org.jspecify.annotations.NullMarked;
