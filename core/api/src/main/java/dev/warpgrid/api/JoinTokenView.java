package dev.warpgrid.api;

import java.time.Instant;

/** A one-time token that lets one node join; it holds the fingerprint of the grid's CA, so the node knows whom it meets. */
public record JoinTokenView(String token, Instant expiresAt) {}
