package dev.warpgrid.server.identity;

import static dev.warpgrid.api.EventView.Severity.INFO;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.Permission;
import dev.warpgrid.api.ServiceAccountService;
import dev.warpgrid.api.ServiceAccountView;
import dev.warpgrid.api.Subject;
import dev.warpgrid.api.TokenLimit;
import dev.warpgrid.api.TokenView;
import dev.warpgrid.model.ResourceName;
import dev.warpgrid.server.access.AccessChanged;
import dev.warpgrid.server.access.GrantDirectory;
import dev.warpgrid.server.service.Access;
import dev.warpgrid.server.service.AuditTrail;
import dev.warpgrid.server.service.Audited;
import dev.warpgrid.server.service.EventRecorder;
import dev.warpgrid.server.service.NamespaceEmptied;
import dev.warpgrid.server.service.StoreFaults;
import dev.warpgrid.server.store.AccessStore;
import dev.warpgrid.server.store.NamespaceStore;
import dev.warpgrid.server.store.NewEvent;
import dev.warpgrid.server.store.StoredServiceAccount;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Service accounts in the store. Whoever may have a token made acts as the account, so must hold what it holds. */
@Singleton
@StoreFaults
@Transactional
public class ServiceAccounts implements ServiceAccountService {
    private static final int MAXIMUM_DESCRIPTION = 200;

    private final AccessStore access;
    private final NamespaceStore namespaces;
    private final AccessTokens tokens;
    private final GrantDirectory directory;
    private final EventRecorder events;
    private final AuditTrail trail;
    private final Event<AccessChanged> changed;
    private final Clock clock;

    @Inject
    public ServiceAccounts(
            AccessStore access,
            NamespaceStore namespaces,
            AccessTokens tokens,
            GrantDirectory directory,
            EventRecorder events,
            AuditTrail trail,
            Event<AccessChanged> changed,
            Clock clock) {
        this.access = access;
        this.namespaces = namespaces;
        this.tokens = tokens;
        this.directory = directory;
        this.events = events;
        this.trail = trail;
        this.changed = changed;
        this.clock = clock;
    }

    @Override
    public List<ServiceAccountView> list(Caller caller, String namespace) {
        Access.require(caller, Permission.SERVICE_ACCOUNT_READ, namespace);
        requireNamespace(namespace);
        return access.accounts(namespace).stream().map(ServiceAccounts::view).toList();
    }

    @Override
    @Audited(value = "service-account.create", namespace = 1, resource = 2)
    public ServiceAccountView create(Caller caller, String namespace, String name, String description) {
        Access.require(caller, Permission.SERVICE_ACCOUNT_WRITE, namespace);
        if (!ResourceName.isValid(name)) {
            throw ApiException.invalid(
                    "/name",
                    "The name \"" + name
                            + "\" is not a DNS label: use 1 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends.");
        }
        if (description.length() > MAXIMUM_DESCRIPTION) {
            throw ApiException.invalid(
                    "/description", "A description holds at most " + MAXIMUM_DESCRIPTION + " characters.");
        }
        requireNamespace(namespace);
        if (access.accounts(namespace).size() >= MAXIMUM_ACCOUNTS) {
            throw new ApiException(
                    ErrorCode.RESOURCE_EXHAUSTED,
                    "A namespace has at most " + MAXIMUM_ACCOUNTS + " service accounts: delete one first.");
        }
        StoredServiceAccount account = new StoredServiceAccount(
                namespace, name, description, clock.instant().truncatedTo(ChronoUnit.MICROS), caller.name());
        if (!access.insert(account)) {
            throw new ApiException(
                    ErrorCode.CONFLICT,
                    "There is a service account \"" + account.subject() + "\" already: choose another name.");
        }
        trail.done(caller, "service-account.create", namespace, name, null, view(account));
        tell(caller, namespace, "ServiceAccountCreated", "created the service account " + account.subject());
        return view(account);
    }

    @Override
    @Audited(value = "service-account.delete", namespace = 1, resource = 2)
    public void delete(Caller caller, String namespace, String name) {
        Access.require(caller, Permission.SERVICE_ACCOUNT_WRITE, namespace);
        StoredServiceAccount account = existing(namespace, name);
        end(account);
        trail.done(caller, "service-account.delete", namespace, name, view(account), null);
        tell(caller, namespace, "ServiceAccountDeleted", "deleted the service account " + account.subject());
    }

    /** Nothing of them may be there when a namespace of the same name is made again. */
    void namespaceEmptied(@Observes NamespaceEmptied event) {
        access.accounts(event.namespace()).forEach(this::end);
        changed.fire(new AccessChanged());
    }

    private void end(StoredServiceAccount account) {
        Subject subject = subject(account);
        tokens.revokeAll(subject);
        access.deleteBindingsOf(subject);
        access.deleteAccount(account.namespace(), account.name());
    }

    @Override
    public List<TokenView> tokens(Caller caller, String namespace, String name) {
        Access.require(caller, Permission.SERVICE_ACCOUNT_READ, namespace);
        return tokens.of(subject(existing(namespace, name)));
    }

    @Override
    @Audited(value = "service-account.token.create", namespace = 1, resource = 2)
    public TokenView createToken(
            Caller caller,
            String namespace,
            String name,
            String tokenName,
            @Nullable Duration validFor,
            TokenLimit limit) {
        Access.require(caller, Permission.SERVICE_ACCOUNT_WRITE, namespace);
        StoredServiceAccount account = existing(namespace, name);
        Subject subject = subject(account);
        Access.requireCover(
                caller,
                directory.held(subject, List.of()).within(limit.asGrants()),
                "the service account \"" + account.subject() + "\"");
        TokenView token = tokens.create(subject, tokenName, validFor, limit);
        trail.done(caller, "service-account.token.create", namespace, name, null, AccessTokens.traced(token));
        tell(
                caller,
                namespace,
                "ServiceAccountTokenCreated",
                "made the token " + token.id() + " of the service account " + account.subject());
        return token;
    }

    @Override
    @Audited(value = "service-account.token.revoke", namespace = 1, resource = 2)
    public void revokeToken(Caller caller, String namespace, String name, String id) {
        Access.require(caller, Permission.SERVICE_ACCOUNT_WRITE, namespace);
        StoredServiceAccount account = existing(namespace, name);
        tokens.revoke(subject(account), id);
        trail.done(caller, "service-account.token.revoke", namespace, name, Map.of("id", id), null);
        tell(
                caller,
                namespace,
                "ServiceAccountTokenRevoked",
                "revoked the token " + id + " of the service account " + account.subject());
    }

    private StoredServiceAccount existing(String namespace, String name) {
        return access.account(namespace, name)
                .orElseThrow(() -> ApiException.notFound("service account", namespace + "/" + name));
    }

    private void requireNamespace(String namespace) {
        if (namespaces.share(namespace).isEmpty()) {
            throw ApiException.notFound("namespace", namespace);
        }
    }

    private static Subject subject(StoredServiceAccount account) {
        return new Subject(Subject.Kind.SERVICE_ACCOUNT, account.subject());
    }

    private void tell(Caller caller, String namespace, String reason, String did) {
        events.record(NewEvent.of(INFO, reason, caller.name() + " " + did + ".").in(namespace));
        changed.fire(new AccessChanged());
    }

    private static ServiceAccountView view(StoredServiceAccount account) {
        return new ServiceAccountView(
                account.namespace(), account.name(), account.description(), account.createdAt(), account.createdBy());
    }
}
