package dev.warpgrid.server.identity;

/**
 * Fired in the transaction that changes a user.
 *
 * @param passwordEnds the password that was is worth nothing any more
 */
record UserChanged(String name, boolean passwordEnds) {}
