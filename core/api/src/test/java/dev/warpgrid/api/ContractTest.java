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
        Caller viewer = new Caller("v", EnumSet.of(Role.VIEWER));
        for (Permission permission : Permission.values()) {
            assertThat(viewer.may(permission))
                    .as(permission.text())
                    .isEqualTo(permission.text().endsWith(":read"));
        }
    }

    @Test
    void aCallerWithoutRolesMayNothing() {
        Caller nobody = new Caller("n", EnumSet.noneOf(Role.class));
        assertThat(EnumSet.allOf(Permission.class)).noneMatch(nobody::may);
    }

    @Test
    void pagesHaveALimit() {
        assertThatThrownBy(() -> new ListQuery(1001, null, "", Map.of()))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("1 to 1000");
    }
}
