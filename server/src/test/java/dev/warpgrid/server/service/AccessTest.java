package dev.warpgrid.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.Permission;
import dev.warpgrid.api.Role;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessTest {
    @Test
    void refusesByNameAndSaysWhatIsNeeded() {
        assertThatThrownBy(() -> Access.require(new Caller("eve", Set.of(Role.VIEWER)), Permission.DEPLOYMENT_WRITE))
                .isInstanceOf(ApiException.class)
                .hasMessage("\"eve\" may not do this, which needs deployment:write: ask for the role ADMIN.");
    }

    /** The rule that makes the service layer the one gate: no method of a service is without its check. */
    @Test
    void everyMethodOfEveryServiceChecksItsCaller() {
        List<JavaMethod> methods = new ClassFileImporter()
                .importPackages("dev.warpgrid.server").stream()
                        .filter(AccessTest::isService)
                        .flatMap(service -> service.getMethods().stream())
                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC)
                                && !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .filter(method -> !method.getRawParameterTypes().isEmpty()
                                && method.getRawParameterTypes().getFirst().isEquivalentTo(Caller.class))
                        .toList();
        assertThat(methods).hasSizeGreaterThan(25);
        assertThat(methods)
                .allSatisfy(method -> assertThat(method.getMethodCallsFromSelf())
                        .as(method.getFullName())
                        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Access.class)));
    }

    private static boolean isService(JavaClass type) {
        return type.getRawInterfaces().stream()
                .anyMatch(api -> api.getPackageName().equals("dev.warpgrid.api")
                        && api.getSimpleName().endsWith("Service"));
    }
}
