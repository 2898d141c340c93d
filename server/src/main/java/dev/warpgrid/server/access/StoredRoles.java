package dev.warpgrid.server.access;

import static dev.warpgrid.api.EventView.Severity.INFO;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.BuiltInRole;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.Grants;
import dev.warpgrid.api.Permission;
import dev.warpgrid.api.RoleBindingView;
import dev.warpgrid.api.RoleService;
import dev.warpgrid.api.RoleView;
import dev.warpgrid.api.Subject;
import dev.warpgrid.model.ResourceName;
import dev.warpgrid.server.service.Access;
import dev.warpgrid.server.service.AuditTrail;
import dev.warpgrid.server.service.Audited;
import dev.warpgrid.server.service.EventRecorder;
import dev.warpgrid.server.service.StoreFaults;
import dev.warpgrid.server.store.AccessStore;
import dev.warpgrid.server.store.NamespaceStore;
import dev.warpgrid.server.store.NewEvent;
import dev.warpgrid.server.store.StoredBinding;
import dev.warpgrid.server.store.StoredRole;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Roles and bindings in the store. Every write holds the store's lock, so that checks and changes see one state. */
@Singleton
@StoreFaults
@Transactional
public class StoredRoles implements RoleService {
    static final int MAXIMUM_DESCRIPTION = 200;

    private final AccessStore access;
    private final NamespaceStore namespaces;
    private final Subjects subjects;
    private final GrantDirectory directory;
    private final Administrators administrators;
    private final EventRecorder events;
    private final AuditTrail trail;
    private final Event<AccessChanged> changed;
    private final Clock clock;

    @Inject
    public StoredRoles(
            AccessStore access,
            NamespaceStore namespaces,
            Subjects subjects,
            GrantDirectory directory,
            Administrators administrators,
            EventRecorder events,
            AuditTrail trail,
            Event<AccessChanged> changed,
            Clock clock) {
        this.access = access;
        this.namespaces = namespaces;
        this.subjects = subjects;
        this.directory = directory;
        this.administrators = administrators;
        this.events = events;
        this.trail = trail;
        this.changed = changed;
        this.clock = clock;
    }

    @Override
    public List<RoleView> roles(Caller caller) {
        Access.places(caller, Permission.ROLE_READ, "*");
        List<RoleView> roles = new ArrayList<>();
        for (BuiltInRole role : BuiltInRole.values()) {
            roles.add(new RoleView(role.role(), role.description(), true, texts(role.permissions())));
        }
        access.roles().stream().map(StoredRoles::view).forEach(roles::add);
        return roles;
    }

    @Override
    @Audited(value = "role.put", resource = 1)
    public RoleView putRole(Caller caller, String name, String description, List<String> permissions) {
        Access.require(caller, Permission.ROLE_WRITE);
        if (!ResourceName.isValid(name) || isBuiltIn(name)) {
            throw ApiException.invalid(
                    "/name",
                    "The name \"" + name
                            + "\" cannot be a role's: use 1 to 63 lower-case letters, digits and hyphens, and none of the built-in names.");
        }
        requireDescription(description);
        Set<Permission> wanted = read(permissions);
        Access.requireCover(caller, Grants.of(Grants.EVERYWHERE, wanted), "the role \"" + name + "\"");
        access.lock();
        if (access.role(name).isEmpty() && access.roles().size() >= MAXIMUM_ROLES) {
            throw exhausted(MAXIMUM_ROLES + " roles");
        }
        StoredRole role = new StoredRole(
                name, description, wanted, clock.instant().truncatedTo(ChronoUnit.MICROS), caller.name());
        RoleView before = access.role(name).map(StoredRoles::view).orElse(null);
        access.putRole(role);
        trail.done(caller, "role.put", null, name, before, view(role));
        tell(caller, "RoleChanged", "set the role " + name + " to " + String.join(", ", texts(wanted)), null);
        return view(role);
    }

    @Override
    @Audited(value = "role.delete", resource = 1)
    public void deleteRole(Caller caller, String name) {
        Access.require(caller, Permission.ROLE_WRITE);
        if (isBuiltIn(name)) {
            throw new ApiException(
                    ErrorCode.CONFLICT, "The role \"" + name + "\" is built in: unbind it where it is not wanted.");
        }
        access.lock();
        StoredRole role = access.role(name).orElseThrow(() -> ApiException.notFound("role", name));
        long bound = access.bindings().stream()
                .filter(binding -> binding.role().equals(name))
                .count();
        if (bound > 0) {
            throw new ApiException(
                    ErrorCode.CONFLICT,
                    "The role \"" + name + "\" is bound " + (bound == 1 ? "once" : bound + " times")
                            + ": delete the bindings first.");
        }
        access.deleteRole(name);
        trail.done(caller, "role.delete", null, name, view(role), null);
        tell(caller, "RoleDeleted", "deleted the role " + name, null);
    }

    @Override
    public List<RoleBindingView> bindings(Caller caller, @Nullable String namespace) {
        Access.Places places = Access.places(caller, Permission.ROLE_BINDING_READ, namespace == null ? "*" : namespace);
        return access.bindings().stream()
                .filter(binding -> places.contain(binding.namespace()))
                .map(StoredRoles::view)
                .toList();
    }

    @Override
    @Audited(value = "role-binding.create", namespace = 3, resource = 2)
    public RoleBindingView bind(Caller caller, String role, Subject subject, @Nullable String namespace) {
        requireAt(caller, namespace);
        if (directory.permissions(role).isEmpty()) {
            throw ApiException.invalid("/role", "There is no role \"" + role + "\": see warp role.");
        }
        Access.requireCover(caller, directory.given(role, namespace), "the role \"" + role + "\"");
        access.lock();
        if (namespace != null && namespaces.share(namespace).isEmpty()) {
            throw ApiException.notFound("namespace", namespace);
        }
        subjects.require(subject);
        return view(access.binding(role, subject, namespace).orElseGet(() -> insert(caller, role, subject, namespace)));
    }

    @Override
    @Audited(value = "role-binding.delete", resource = 1)
    public void unbind(Caller caller, String id) {
        Access.places(caller, Permission.ROLE_BINDING_WRITE, "*");
        access.lock();
        StoredBinding binding = access.binding(id)
                .filter(found -> caller.may(
                        Permission.ROLE_BINDING_WRITE,
                        found.namespace() == null ? Grants.EVERYWHERE : found.namespace()))
                .orElseThrow(() -> ApiException.notFound("role binding", id));
        delete(caller, binding);
        administrators.requireOne();
    }

    /**
     * Gives a user exactly these roles grid-wide. Part of a change of users, which holds the permission for it; what is
     * given the caller must hold.
     */
    public void replaceGridWide(Subject subject, Collection<String> roles, Caller caller) {
        access.lock();
        List<StoredBinding> present = access.bindingsOf(subject, List.of()).stream()
                .filter(binding -> binding.namespace() == null)
                .toList();
        List<String> held = present.stream().map(StoredBinding::role).toList();
        int position = 0;
        for (String role : roles) {
            if (directory.permissions(role).isEmpty()) {
                throw ApiException.invalid("/roles/" + position, "There is no role \"" + role + "\": see warp role.");
            }
            if (!held.contains(role)) {
                Access.requireCover(caller, directory.given(role, null), "the role \"" + role + "\"");
                insert(caller, role, subject, null);
            }
            position++;
        }
        present.stream().filter(binding -> !roles.contains(binding.role())).forEach(binding -> delete(caller, binding));
        administrators.requireOne();
    }

    private StoredBinding insert(Caller caller, String role, Subject subject, @Nullable String namespace) {
        if (access.bindings().size() >= MAXIMUM_BINDINGS) {
            throw exhausted(MAXIMUM_BINDINGS + " role bindings");
        }
        StoredBinding binding = new StoredBinding(
                "b-" + UUID.randomUUID().toString().substring(24),
                role,
                subject,
                namespace,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                caller.name());
        access.insert(binding);
        trail.done(caller, "role-binding.create", namespace, role + " for " + subject.name(), null, view(binding));
        tell(caller, "RoleBound", "gave " + text(binding), namespace);
        return binding;
    }

    private void delete(Caller caller, StoredBinding binding) {
        access.deleteBinding(binding.id());
        trail.done(
                caller,
                "role-binding.delete",
                binding.namespace(),
                binding.role() + " for " + binding.subject().name(),
                view(binding),
                null);
        tell(caller, "RoleUnbound", "took " + text(binding), binding.namespace());
    }

    private static String text(StoredBinding binding) {
        String kind = binding.subject()
                .kind()
                .name()
                .toLowerCase(java.util.Locale.ROOT)
                .replace('_', ' ');
        return "the role " + binding.role()
                + (binding.namespace() == null ? " grid-wide" : " in " + binding.namespace()) + " (" + kind + " "
                + binding.subject().name() + ")";
    }

    private static void requireAt(Caller caller, @Nullable String namespace) {
        if (namespace == null) {
            Access.require(caller, Permission.ROLE_BINDING_WRITE);
        } else {
            Access.require(caller, Permission.ROLE_BINDING_WRITE, namespace);
        }
    }

    static void requireDescription(String description) {
        if (description.length() > MAXIMUM_DESCRIPTION) {
            throw ApiException.invalid(
                    "/description", "A description holds at most " + MAXIMUM_DESCRIPTION + " characters.");
        }
    }

    private static Set<Permission> read(List<String> texts) {
        EnumSet<Permission> permissions = EnumSet.noneOf(Permission.class);
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            String pointer = "/permissions/" + i;
            permissions.add(Permission.of(text)
                    .orElseThrow(() -> ApiException.invalid(
                            pointer, "There is no permission \"" + text + "\": write it as in deployment:read.")));
        }
        return permissions;
    }

    private static boolean isBuiltIn(String name) {
        return Arrays.stream(BuiltInRole.values()).anyMatch(role -> role.role().equals(name));
    }

    private static ApiException exhausted(String what) {
        return new ApiException(ErrorCode.RESOURCE_EXHAUSTED, "A grid has at most " + what + ": delete some first.");
    }

    private void tell(Caller caller, String reason, String did, @Nullable String namespace) {
        NewEvent event = NewEvent.of(INFO, reason, caller.name() + " " + did + ".");
        events.record(namespace == null ? event : event.in(namespace));
        changed.fire(new AccessChanged());
    }

    private static List<String> texts(Set<Permission> permissions) {
        return permissions.stream().map(Permission::text).toList();
    }

    private static RoleView view(StoredRole role) {
        return new RoleView(role.name(), role.description(), false, texts(role.permissions()));
    }

    private static RoleBindingView view(StoredBinding binding) {
        return new RoleBindingView(
                binding.id(),
                binding.role(),
                binding.subject(),
                binding.namespace(),
                binding.createdAt(),
                binding.createdBy());
    }
}
