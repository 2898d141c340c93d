package dev.warpgrid.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContractTest {
    @Test
    void aProblemTellsTheSameInBothForms() {
        Problem problem = Problem.of(ApiException.invalid("/spec/artifact", "Name a digest."), "r-1", Instant.EPOCH);
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.error_code()).isEqualTo(problem.code()).isEqualTo("INVALID_REQUEST");
        assertThat(problem.message()).isEqualTo(problem.detail()).isEqualTo("Name a digest.");
        assertThat(problem.details()).containsExactly("Name a digest.");
        assertThat(problem.type()).isEqualTo("urn:warpgrid:error:invalid-request");
    }

    @Test
    void viewersChangeNothing() {
        assertThat(BuiltInRole.VIEWER.permissions())
                .allMatch(permission -> permission.text().endsWith(":read"));
    }

    @Test
    void eachBuiltInRoleHoldsItsBaseAndOnlyTheAdministratorHoldsAll() {
        assertThat(BuiltInRole.DEVELOPER.permissions()).containsAll(BuiltInRole.VIEWER.permissions());
        assertThat(BuiltInRole.NAMESPACE_ADMIN.permissions()).containsAll(BuiltInRole.DEVELOPER.permissions());
        for (BuiltInRole role : BuiltInRole.values()) {
            assertThat(role.permissions().containsAll(EnumSet.allOf(Permission.class)))
                    .as(role.role())
                    .isEqualTo(role == BuiltInRole.GRID_ADMIN);
        }
        assertThat(BuiltInRole.NAMESPACE_ADMIN.role()).isEqualTo("namespace-admin");
    }

    @Test
    void aPermissionIsReadAsItIsWritten() {
        for (Permission permission : Permission.values()) {
            assertThat(Permission.of(permission.text())).contains(permission);
        }
        assertThat(Permission.ROLE_BINDING_WRITE.text()).isEqualTo("role-binding:write");
        assertThat(Permission.of("deployment")).isEmpty();
    }

    @Test
    void aCallerWithoutGrantsMayNothing() {
        Caller nobody = Caller.of("n", Grants.none());
        assertThat(EnumSet.allOf(Permission.class)).noneMatch(nobody::maySomewhere);
    }

    @Test
    void pagesHaveALimit() {
        assertThatThrownBy(() -> new ListQuery(1001, null, "", Map.of()))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("1 to 1000");
    }
}
