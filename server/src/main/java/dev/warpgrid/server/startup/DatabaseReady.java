package dev.warpgrid.server.startup;

/** Fired once the database is migrated: from here on stores may be used. See {@link StartupOrder}. */
public record DatabaseReady() {}
