package dev.warpgrid.agent;

import dev.warpgrid.wasi.http.HttpComponent;
import java.util.List;

/** The WIT interfaces that guests may import on this node. */
final class ExportedInterfaces {
    private ExportedInterfaces() {}

    /** As {@code wasi:http/types@0.2.12}. */
    static List<String> all() {
        return HttpComponent.providedInterfaces();
    }
}
