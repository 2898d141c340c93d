package dev.warpgrid.ui.nodes;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.InstanceService;
import dev.warpgrid.api.InstanceView;
import dev.warpgrid.api.JoinTokenView;
import dev.warpgrid.api.NodeService;
import dev.warpgrid.api.NodeView;
import dev.warpgrid.api.Permission;
import dev.warpgrid.api.Subscription;
import dev.warpgrid.ui.live.Live;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Is there room, and on which node? */
final class NodesPresenter {
    static final Duration PERIOD = Duration.ofSeconds(2);
    static final Duration TOKEN_VALID_FOR = Duration.ofHours(1);

    private final NodeService nodes;
    private final InstanceService instances;
    private final Supplier<Caller> user;
    private final Live live;
    private final Screen screen;
    private List<NodeView> known = List.of();
    private String text = "";
    private String chosen = "";
    private @Nullable Subscription detail;
    private boolean started;

    /** What the presenter shows on. */
    interface Screen {
        /** @param total how many there are without the filter */
        void nodes(List<NodeView> matching, int total);

        void detail(Detail detail);

        void noSuchNode(String id);

        void token(JoinTokenView token);

        void done(String sentence);

        void problem(String sentence);
    }

    /** One node and what runs on it. */
    record Detail(NodeView node, List<InstanceView> instances) {}

    NodesPresenter(NodeService nodes, InstanceService instances, Supplier<Caller> user, Live live, Screen screen) {
        this.nodes = nodes;
        this.instances = instances;
        this.user = user;
        this.live = live;
        this.screen = screen;
    }

    void start(String filter) {
        text = filter;
        if (started) {
            show();
            return;
        }
        started = true;
        Caller caller = user.get();
        live.every(PERIOD, () -> nodes.list(caller), list -> {
            known = list;
            show();
        });
    }

    void filter(String next) {
        text = next;
        show();
    }

    /** @param id empty to close the detail */
    void open(String id) {
        if (detail != null) {
            detail.close();
            detail = null;
        }
        chosen = id;
        if (id.isEmpty()) {
            return;
        }
        Caller caller = user.get();
        detail = live.every(PERIOD, () -> read(caller, id), found -> {
            if (found.isEmpty()) {
                screen.noSuchNode(id);
            } else {
                screen.detail(found.get());
            }
        });
    }

    String chosen() {
        return chosen;
    }

    private Optional<Detail> read(Caller caller, String id) {
        return nodes.list(caller).stream()
                .filter(node -> node.id().equals(id))
                .findFirst()
                .map(node -> new Detail(
                        node,
                        instances.list(caller, "*", null).stream()
                                .filter(one -> one.node().equals(id))
                                .toList()));
    }

    Optional<String> refusal(Permission permission) {
        return user.get().may(permission)
                ? Optional.empty()
                : Optional.of("This needs the permission " + permission.text()
                        + ", which your roles do not hold: ask an administrator.");
    }

    void createToken() {
        try {
            screen.token(nodes.createJoinToken(user.get(), TOKEN_VALID_FOR));
        } catch (ApiException e) {
            screen.problem(sentence(e));
        }
    }

    void forget(String id) {
        try {
            nodes.delete(user.get(), id);
            screen.done("The node " + id + " is forgotten; it has to join anew.");
        } catch (ApiException e) {
            screen.problem(sentence(e));
        }
    }

    private void show() {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        screen.nodes(known.stream().filter(node -> matches(node, wanted)).toList(), known.size());
    }

    /** By id, state, engine, or a label as {@code key=value}. */
    private static boolean matches(NodeView node, String wanted) {
        return node.id().contains(wanted)
                || node.state().name().toLowerCase(Locale.ROOT).contains(wanted)
                || node.engine().toLowerCase(Locale.ROOT).contains(wanted)
                || node.labels().entrySet().stream()
                        .anyMatch(label -> (label.getKey() + "=" + label.getValue())
                                .toLowerCase(Locale.ROOT)
                                .contains(wanted));
    }

    private static String sentence(ApiException e) {
        return Objects.requireNonNullElse(e.getMessage(), e.code().title());
    }
}
