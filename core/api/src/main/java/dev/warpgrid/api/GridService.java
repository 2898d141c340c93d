package dev.warpgrid.api;

import java.util.List;

/** The grid as a whole. */
public interface GridService {
    GridStatus status(Caller caller);

    /** @param seconds how far back, 1 to 3600 */
    MetricsWindow metrics(Caller caller, int seconds);

    List<NamespaceView> namespaces(Caller caller);

    default NamespaceView namespace(Caller caller, String name) {
        return namespaces(caller).stream()
                .filter(view -> view.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("namespace", name));
    }

    NamespaceView createNamespace(Caller caller, String name);

    /** Refused while anything is in it. */
    void deleteNamespace(Caller caller, String name);
}
