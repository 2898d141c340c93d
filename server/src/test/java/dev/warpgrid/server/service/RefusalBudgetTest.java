package dev.warpgrid.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RefusalBudgetTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final RefusalBudget budget = new RefusalBudget();

    @Test
    void writesSoManyAMinuteAndCountsTheOthers() {
        for (int i = 0; i < RefusalBudget.WRITTEN_A_MINUTE; i++) {
            assertThat(budget.take("eve", NOON)).hasValue(0);
        }
        for (int i = 0; i < 7; i++) {
            assertThat(budget.take("eve", NOON.plusSeconds(59))).isEmpty();
        }
        assertThat(budget.take("bob", NOON)).hasValue(0);
        assertThat(budget.take("eve", NOON.plusSeconds(60))).hasValue(7);
        assertThat(budget.take("eve", NOON.plusSeconds(61))).hasValue(0);
    }
}
