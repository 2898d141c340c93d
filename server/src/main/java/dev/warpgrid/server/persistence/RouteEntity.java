package dev.warpgrid.server.persistence;

import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.UUID;

@Entity
@Table(name = "route")
class RouteEntity {
    @EmbeddedId
    RouteKey key = new RouteKey("", "");

    UUID deployment = new UUID(0, 0);
}
