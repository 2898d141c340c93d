package dev.warpgrid.ui.fake;

import dev.warpgrid.api.AccessAnswer;
import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.BuiltInRole;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.IdentityService;
import dev.warpgrid.api.IdentityView;
import dev.warpgrid.api.RoleBindingView;
import dev.warpgrid.api.RoleService;
import dev.warpgrid.api.RoleView;
import dev.warpgrid.api.Subject;
import dev.warpgrid.api.TokenLimit;
import dev.warpgrid.api.TokenView;
import dev.warpgrid.api.UserService;
import dev.warpgrid.api.UserView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;

/** Users, roles and tokens in memory. */
@NullUnmarked // an unexpected null fails the test by itself
public final class FakeAccess implements IdentityService, UserService, RoleService {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    public final List<UserView> users = new ArrayList<>();
    public final List<TokenView> tokens = new ArrayList<>();
    public final List<RoleBindingView> bindings = new ArrayList<>();

    public FakeAccess() {
        users.add(new UserView("ada", List.of("grid-admin"), true, NOW, null));
        users.add(new UserView("nadia", List.of("viewer"), true, NOW, null));
        bindings.add(
                new RoleBindingView("b-1", "grid-admin", new Subject(Subject.Kind.USER, "ada"), null, NOW, "system"));
    }

    @Override
    public IdentityView whoAmI(Caller caller) {
        return new IdentityView(caller.name(), caller.kind(), List.of("viewer in shop"), new TreeMap<>());
    }

    @Override
    public AccessAnswer canI(Caller caller, String permission, String namespace) {
        return new AccessAnswer(true, permission, namespace, "Held.");
    }

    @Override
    public List<TokenView> tokens(Caller caller) {
        return List.copyOf(tokens);
    }

    @Override
    public TokenView createToken(Caller caller, String name, Duration validFor, TokenLimit limit) {
        tokens.add(new TokenView("t" + tokens.size(), name, caller.name(), NOW, NOW, null, null, null));
        return new TokenView("t", name, caller.name(), NOW, NOW, "warp_t_secret", null, null);
    }

    @Override
    public void revokeToken(Caller caller, String id) {
        tokens.removeIf(token -> token.id().equals(id));
    }

    @Override
    public List<UserView> list(Caller caller) {
        return List.copyOf(users);
    }

    @Override
    public UserView get(Caller caller, String name) {
        return users.stream()
                .filter(user -> user.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("user", name));
    }

    @Override
    public UserView create(Caller caller, String name, List<String> roles, String password) {
        users.add(new UserView(name, roles, true, NOW, null));
        return new UserView(name, roles, true, NOW, "made-once");
    }

    @Override
    public UserView update(Caller caller, String name, Boolean enabled, List<String> roles) {
        if (name.equals("ada")) {
            throw new ApiException(ErrorCode.CONFLICT, "The last administrator stays.");
        }
        UserView before = get(caller, name);
        users.remove(before);
        users.add(new UserView(name, before.roles(), enabled, NOW, null));
        return get(caller, name);
    }

    @Override
    public UserView resetPassword(Caller caller, String name, String password) {
        return new UserView(name, get(caller, name).roles(), true, NOW, "reset-once");
    }

    @Override
    public void delete(Caller caller, String name) {
        users.remove(get(caller, name));
    }

    @Override
    public TokenView changePassword(Caller caller, String present, String next) {
        if (present.isEmpty()) {
            throw ApiException.invalid("/present", "The present password is another: type it again.");
        }
        return createToken(caller, "login", null, TokenLimit.none());
    }

    @Override
    public List<RoleView> roles(Caller caller) {
        return Arrays.stream(BuiltInRole.values())
                .map(role -> new RoleView(role.role(), role.description(), true, List.of()))
                .toList();
    }

    @Override
    public RoleView putRole(Caller caller, String name, String description, List<String> permissions) {
        return new RoleView(name, description, false, permissions);
    }

    @Override
    public void deleteRole(Caller caller, String name) {
        throw ApiException.notFound("role", name);
    }

    @Override
    public List<RoleBindingView> bindings(Caller caller, String namespace) {
        return List.copyOf(bindings);
    }

    @Override
    public RoleBindingView bind(Caller caller, String role, Subject subject, String namespace) {
        RoleBindingView binding =
                new RoleBindingView("b-" + bindings.size() + "x", role, subject, namespace, NOW, caller.name());
        bindings.add(binding);
        return binding;
    }

    @Override
    public void unbind(Caller caller, String id) {
        bindings.removeIf(binding -> binding.id().equals(id));
    }
}
