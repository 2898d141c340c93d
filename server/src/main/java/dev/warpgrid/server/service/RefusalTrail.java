package dev.warpgrid.server.service;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.Subject;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Around everything else, so that the refused attempt's transaction has ended. */
@Audited
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 50)
public class RefusalTrail {
    private static final System.Logger LOG = System.getLogger(RefusalTrail.class.getName());

    /** Ours to answer for rather than the caller's. */
    private static final Set<ErrorCode> FAULTS =
            EnumSet.of(ErrorCode.INTERNAL_ERROR, ErrorCode.PROVIDER_UNAVAILABLE, ErrorCode.COMMUNICATION_FAILURE);

    private static final int LONGEST_NAME = 200;

    private final AuditTrail trail;
    private final RefusalBudget budget;
    private final Clock clock;

    @Inject
    public RefusalTrail(AuditTrail trail, RefusalBudget budget, Clock clock) {
        this.trail = trail;
        this.budget = budget;
        this.clock = clock;
    }

    @AroundInvoke
    @Nullable
    Object watch(InvocationContext call) throws Exception {
        try {
            return call.proceed();
        } catch (ApiException e) {
            if (!FAULTS.contains(e.code())) {
                record(call, e);
            }
            throw e;
        }
    }

    private void record(InvocationContext call, ApiException refusal) {
        Object[] arguments = call.getParameters();
        Audited audited = call.getMethod().getAnnotation(Audited.class);
        if (audited == null || !(arguments[0] instanceof Caller caller) || caller.kind() == Caller.Kind.SYSTEM) {
            return;
        }
        OptionalLong unwritten = budget.take(caller.name(), clock.instant());
        if (unwritten.isEmpty()) {
            return;
        }
        try {
            trail.refused(
                    caller,
                    audited.value(),
                    namespace(audited, arguments),
                    audited.resource() < 0 ? "" : name(arguments[audited.resource()]),
                    refusal.code() + ": " + refusal.getMessage()
                            + (unwritten.getAsLong() == 0
                                    ? ""
                                    : " (" + unwritten.getAsLong()
                                            + " refused attempts before this one were only counted.)"));
        } catch (RuntimeException e) {
            // The attempt is refused either way; that its trace is missing is for the operator to know.
            LOG.log(Level.WARNING, "A refused attempt could not be written to the audit trail.", e);
        }
    }

    private static @Nullable String namespace(Audited audited, Object[] arguments) {
        if (arguments.length > 1 && arguments[1] instanceof Deployment deployment) {
            return deployment.metadata().namespace();
        }
        return audited.namespace() < 0 || arguments[audited.namespace()] == null
                ? null
                : name(arguments[audited.namespace()]);
    }

    private static String name(@Nullable Object argument) {
        String name = switch (argument) {
            case null -> "";
            case Deployment deployment -> deployment.metadata().name();
            case Subject subject -> subject.name();
            default -> argument.toString();
        };
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }
}
