package dev.warpgrid.server.persistence;

import jakarta.persistence.Query;
import java.util.List;
import java.util.Optional;

/** Types what a native query answers, which JPA leaves raw. */
final class NativeRows {
    private NativeRows() {}

    static <T> Optional<T> first(Query query, Class<T> type) {
        List<?> rows = query.getResultList();
        return rows.isEmpty() ? Optional.empty() : Optional.of(type.cast(rows.getFirst()));
    }
}
