package dev.warpgrid.server.persistence;

import jakarta.persistence.Embeddable;
import java.io.Serializable;

@Embeddable
record ArtifactKey(String namespace, String digest) implements Serializable {}
