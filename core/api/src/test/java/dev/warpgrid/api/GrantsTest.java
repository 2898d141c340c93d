package dev.warpgrid.api;

import static dev.warpgrid.api.Permission.DEPLOYMENT_READ;
import static dev.warpgrid.api.Permission.DEPLOYMENT_WRITE;
import static dev.warpgrid.api.Permission.LOG_READ;
import static dev.warpgrid.api.Permission.NODE_READ;
import static dev.warpgrid.api.Permission.NODE_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrantsTest {
    private static final Grants SHOP = Grants.of("shop", Set.of(DEPLOYMENT_READ, DEPLOYMENT_WRITE));
    private static final Grants READERS = Grants.of(Grants.EVERYWHERE, Set.of(DEPLOYMENT_READ, NODE_READ));

    @Test
    void whatIsHeldGridWideIsHeldInEveryNamespace() {
        assertThat(READERS.allow(DEPLOYMENT_READ, "any")).isTrue();
        assertThat(READERS.allow(DEPLOYMENT_READ, Grants.EVERYWHERE)).isTrue();
        assertThat(SHOP.allow(DEPLOYMENT_WRITE, "shop")).isTrue();
        assertThat(SHOP.allow(DEPLOYMENT_WRITE, "bank")).isFalse();
        assertThat(SHOP.allow(DEPLOYMENT_WRITE, Grants.EVERYWHERE)).isFalse();
    }

    @Test
    void aPermissionForTheWholeGridCannotBeHeldInANamespace() {
        assertThat(Grants.of("shop", Set.of(NODE_WRITE))).isEqualTo(Grants.none());
    }

    @Test
    void aLimitLeavesWhatBothHold() {
        Grants both = SHOP.and(READERS).within(Grants.of(Grants.EVERYWHERE, Set.of(DEPLOYMENT_WRITE, LOG_READ)));
        assertThat(both).isEqualTo(Grants.of("shop", Set.of(DEPLOYMENT_WRITE)));
        assertThat(Grants.all()
                        .within(Grants.of("shop", EnumSet.allOf(Permission.class)))
                        .allow(NODE_READ, Grants.EVERYWHERE))
                .isFalse();
    }

    @Test
    void coversOnlyWhatIsHeldInTheSamePlace() {
        assertThat(Grants.all().cover(SHOP)).isTrue();
        assertThat(SHOP.cover(SHOP)).isTrue();
        assertThat(SHOP.cover(Grants.of("bank", Set.of(DEPLOYMENT_READ)))).isFalse();
        assertThat(SHOP.cover(Grants.of(Grants.EVERYWHERE, Set.of(DEPLOYMENT_READ))))
                .isFalse();
        assertThat(READERS.missing(SHOP)).isEqualTo(Grants.of("shop", Set.of(DEPLOYMENT_WRITE)));
    }

    @Test
    void aNamespaceIsKnownByAnythingHeldInIt() {
        assertThat(SHOP.know("shop")).isTrue();
        assertThat(SHOP.know("bank")).isFalse();
        assertThat(READERS.know("bank")).isTrue();
        assertThat(Grants.of(Grants.EVERYWHERE, Set.of(NODE_READ)).know("bank")).isFalse();
        assertThat(SHOP.and(READERS).placesOf(DEPLOYMENT_WRITE)).containsExactly("shop");
    }
}
