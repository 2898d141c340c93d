package dev.warpgrid.server.persistence;

import jakarta.persistence.Embeddable;
import java.io.Serializable;

@Embeddable
record RouteKey(String host, String path) implements Serializable {}
