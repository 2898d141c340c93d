package dev.warpgrid.ui.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.api.Caller;
import dev.warpgrid.api.IdentityView;
import dev.warpgrid.api.Permission;
import dev.warpgrid.api.RoleBindingView;
import dev.warpgrid.api.Subject;
import dev.warpgrid.api.TokenView;
import dev.warpgrid.api.UserView;
import dev.warpgrid.ui.fake.Callers;
import dev.warpgrid.ui.fake.FakeAccess;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked // an unexpected null fails the test by itself
class AccessPresenterTest {
    private final FakeAccess access = new FakeAccess();
    private final Recorder screen = new Recorder();
    private final AccessPresenter presenter = as(Callers.ADMIN);

    private AccessPresenter as(Caller caller) {
        return new AccessPresenter(access, access, access, () -> caller, screen);
    }

    private static final class Recorder implements AccessPresenter.Screen {
        IdentityView self;
        List<TokenView> tokens;
        List<UserView> users;
        List<RoleBindingView> bindings;
        final List<String> said = new ArrayList<>();

        @Override
        public void self(IdentityView who, List<TokenView> owned) {
            self = who;
            tokens = owned;
        }

        @Override
        public void users(List<UserView> all) {
            users = all;
        }

        @Override
        public void bindings(List<RoleBindingView> all) {
            bindings = all;
        }

        @Override
        public void secret(String title, String explanation, String secret) {
            said.add(title + ": " + secret);
        }

        @Override
        public void done(String sentence) {
            said.add(sentence);
        }

        @Override
        public void problem(String sentence) {
            said.add("! " + sentence);
        }

        @Override
        public void signedOut() {
            said.add("signed out");
        }
    }

    @Test
    void readsForAViewerOnlyWhatAViewerMaySee() {
        as(Callers.VIEWER).start();
        assertThat(screen.self.name()).isEqualTo("nadia");
        assertThat(screen.users).isNull();
        assertThat(screen.bindings).isNull();
        assertThat(as(Callers.VIEWER).refusal(Permission.USER_WRITE))
                .hasValueSatisfying(reason -> assertThat(reason).contains("user:write"));
        assertThat(presenter.refusal(Permission.USER_WRITE)).isEmpty();
    }

    @Test
    void showsAMadePasswordOnceAndTheNewUser() {
        presenter.createUser(" una ", "viewer");
        assertThat(screen.said).containsExactly("Password of una: made-once");
        assertThat(screen.users).extracting(UserView::name).contains("una");
        presenter.resetPassword("una");
        assertThat(screen.said.getLast()).isEqualTo("Password of una: reset-once");
    }

    @Test
    void disablesAndSaysWhatItDid() {
        presenter.enable("nadia", false);
        assertThat(screen.said.getLast()).contains("nadia is disabled", "tokens are revoked");
        assertThat(screen.users).anyMatch(user -> user.name().equals("nadia") && !user.enabled());
        presenter.deleteUser("nadia");
        assertThat(screen.users).extracting(UserView::name).containsExactly("ada");
    }

    @Test
    void aRefusalIsToldAndNothingChanges() {
        presenter.enable("ada", false);
        assertThat(screen.said).containsExactly("! The last administrator stays.");
        presenter.changePassword("", "x");
        assertThat(screen.said.getLast()).startsWith("! The present password");
    }

    @Test
    void givesARoleInANamespaceOrGridWideAndTakesItAway() {
        presenter.bind("developer", Subject.Kind.USER, " nadia ", " shop ");
        assertThat(screen.said.getLast()).isEqualTo("nadia holds developer in shop.");
        presenter.bind("viewer", Subject.Kind.GROUP, "staff", "");
        assertThat(screen.said.getLast()).isEqualTo("staff holds viewer grid-wide.");
        assertThat(screen.bindings.getLast().namespace()).isNull();
        presenter.unbind(screen.bindings.getLast());
        assertThat(screen.bindings).hasSize(2);
        assertThat(presenter.roleNames()).contains("developer", "grid-admin");
    }

    @Test
    void makesAndRevokesTokensAndSignsOutAfterANewPassword() {
        presenter.createToken("ci");
        assertThat(screen.said.getLast()).isEqualTo("Token ci: warp_t_secret");
        presenter.revokeToken(screen.tokens.getFirst());
        assertThat(screen.tokens).isEmpty();
        presenter.changePassword("old", "a new sentence");
        assertThat(screen.said.getLast()).isEqualTo("signed out");
    }
}
