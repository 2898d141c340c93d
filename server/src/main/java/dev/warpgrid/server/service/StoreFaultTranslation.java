package dev.warpgrid.server.service;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.server.startup.Database;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Wraps the transaction, so that a failing commit is translated as well. */
@StoreFaults
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
public class StoreFaultTranslation {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String FOREIGN_KEY_VIOLATION = "23503";
    /** What PostgreSQL calls a NUL within a text. */
    private static final String CHARACTER_NOT_IN_REPERTOIRE = "22021";

    private static final int DEEPEST_CAUSE = 20;

    private final Database database;

    @Inject
    public StoreFaultTranslation(Database database) {
        this.database = database;
    }

    @AroundInvoke
    @Nullable
    Object translate(InvocationContext call) throws Exception {
        if (!database.isStarted()) {
            throw new ApiException(ErrorCode.PROVIDER_UNAVAILABLE, "The server is not up yet: " + database.problem());
        }
        try {
            return call.proceed();
        } catch (ApiException e) {
            throw e;
        } catch (Exception e) {
            Optional<ApiException> meaning = meaning(e);
            if (meaning.isPresent()) {
                throw meaning.get();
            }
            throw e;
        }
    }

    /** What a fault of the database means to a caller; empty where it is a defect of ours. */
    static Optional<ApiException> meaning(Throwable fault) {
        Throwable cause = fault;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof ApiException known) {
                return Optional.of(known);
            }
            if (cause instanceof OptimisticLockException) {
                return Optional.of(conflict(fault));
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return ofState(sql.getSQLState(), fault);
            }
            if (cause.getClass().getName().startsWith("jakarta.resource.")) {
                return Optional.of(away(fault));
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    private static Optional<ApiException> ofState(String state, Throwable fault) {
        if (state.equals(UNIQUE_VIOLATION) || state.equals(FOREIGN_KEY_VIOLATION) || state.startsWith("40")) {
            return Optional.of(conflict(fault));
        }
        if (state.equals(CHARACTER_NOT_IN_REPERTOIRE)) {
            return Optional.of(new ApiException(
                    ErrorCode.INVALID_REQUEST,
                    "A text of the request holds the character NUL, which no text here may: leave it out.",
                    fault));
        }
        // Connection exceptions, operator intervention, insufficient resources, a broken pipe of the driver.
        boolean away = state.startsWith("08") || state.startsWith("57") || state.startsWith("53");
        return away ? Optional.of(away(fault)) : Optional.empty();
    }

    private static ApiException away(Throwable fault) {
        return new ApiException(
                ErrorCode.PROVIDER_UNAVAILABLE,
                "PostgreSQL cannot be reached, and nothing was changed: check that it runs, then try again.",
                fault);
    }

    private static ApiException conflict(Throwable fault) {
        return new ApiException(
                ErrorCode.CONFLICT, "Somebody else changed the same thing at the same moment: try again.", fault);
    }
}
