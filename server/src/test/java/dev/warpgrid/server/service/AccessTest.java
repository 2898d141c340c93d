package dev.warpgrid.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.BuiltInRole;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.Grants;
import dev.warpgrid.api.Permission;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessTest {
    @Test
    void refusesByNameAndSaysWhatIsNeeded() {
        Caller eve = Caller.of("eve", Grants.of("shop", BuiltInRole.VIEWER.permissions()));
        assertThatThrownBy(() -> Access.require(eve, Permission.DEPLOYMENT_WRITE, "shop"))
                .isInstanceOf(ApiException.class)
                .hasMessage("\"eve\" may not do this, which needs deployment:write in the namespace \"shop\":"
                        + " ask for a role that holds it, such as developer.");
        assertThatThrownBy(() -> Access.require(eve, Permission.USER_WRITE))
                .hasMessageContaining("user:write: ask")
                .hasMessageContaining("grid-admin");
    }

    @Test
    void aForeignNamespaceIsNotThere() {
        Caller eve = Caller.of("eve", Grants.of("shop", BuiltInRole.VIEWER.permissions()));
        assertThatThrownBy(() -> Access.require(eve, Permission.DEPLOYMENT_READ, "bank"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
                .hasMessage(ApiException.notFound("namespace", "bank").getMessage());
    }

    @Test
    void allMeansAllThatTheCallerMaySee() {
        Caller eve = Caller.of("eve", Grants.of("shop", BuiltInRole.VIEWER.permissions()));
        Access.Places places = Access.places(eve, Permission.DEPLOYMENT_READ, "*");
        assertThat(places.contain("shop")).isTrue();
        assertThat(places.contain("bank")).isFalse();
        assertThat(places.contain(null)).isFalse();
        assertThat(Access.places(Caller.system(), Permission.EVENT_READ, "*").contain(null))
                .isTrue();
        assertThatThrownBy(() -> Access.places(eve, Permission.DEPLOYMENT_WRITE, "*"))
                .hasMessageContaining("deployment:write");
    }

    @Test
    void nobodyGivesWhatTheyDoNotHold() {
        Caller eve = Caller.of("eve", Grants.of("shop", BuiltInRole.NAMESPACE_ADMIN.permissions()));
        Access.requireCover(eve, Grants.of("shop", BuiltInRole.DEVELOPER.permissions()), "the role");
        assertThatThrownBy(() -> Access.requireCover(
                        eve, Grants.of("bank", BuiltInRole.VIEWER.permissions()), "the role \"viewer\""))
                .hasMessageContaining("the role \"viewer\" holds what you do not")
                .hasMessageContaining("in the namespace \"bank\"");
    }

    /** The rule that makes the service layer the one gate: no method of a service is without its check. */
    @Test
    void everyMethodOfEveryServiceChecksItsCaller() {
        List<JavaMethod> methods = services();
        assertThat(methods).hasSizeGreaterThan(45);
        assertThat(methods)
                .allSatisfy(method -> assertThat(method.getMethodCallsFromSelf())
                        .as(method.getFullName())
                        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Access.class)));
    }

    private static List<JavaMethod> services() {
        return new ClassFileImporter()
                .importPackages("dev.warpgrid.server").stream()
                        .filter(AccessTest::isService)
                        .flatMap(service -> service.getMethods().stream())
                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC)
                                && !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .filter(method -> !method.getRawParameterTypes().isEmpty()
                                && method.getRawParameterTypes().getFirst().isEquivalentTo(Caller.class))
                        .toList();
    }

    /** What is no reading leaves a trace, also where it is refused. */
    @Test
    void everyWritingMethodOfEveryServiceIsAudited() {
        Set<String> reading = Set.of(
                "list",
                "get",
                "status",
                "metrics",
                "namespace",
                "logs",
                "watch",
                "latest",
                "namespaces",
                "roles",
                "bindings",
                "tokens",
                "whoAmI",
                "canI",
                "rollout",
                "rollouts",
                "revisions",
                "export",
                "verify");
        List<JavaMethod> writing = services().stream()
                .filter(method -> !reading.contains(method.getName()))
                .toList();
        assertThat(writing).hasSizeGreaterThan(20).allSatisfy(method -> {
            assertThat(method.isAnnotatedWith(Audited.class))
                    .as(method.getFullName())
                    .isTrue();
            assertThat(method.getAnnotationOfType(Audited.class).value()).isNotEmpty();
        });
        assertThat(writing.stream()
                        .map(method -> method.getAnnotationOfType(Audited.class).value())
                        .toList())
                .doesNotHaveDuplicates();
    }

    private static boolean isService(JavaClass type) {
        return type.getRawInterfaces().stream()
                .anyMatch(api -> api.getPackageName().equals("dev.warpgrid.api")
                        && api.getSimpleName().endsWith("Service"));
    }
}
