package dev.warpgrid.server.persistence;

import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.util.UUID;

@Embeddable
record RevisionKey(UUID deployment, int number) implements Serializable {}
