package dev.warpgrid.component.abi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The host's lift and lower against {@link SpecModel}, over function types and values of chance. A failure names the seed
 * of its case; {@code -Dwarpgrid.abi.seed=N} begins with another one, {@code -Dwarpgrid.abi.cases=N} runs more.
 */
class AbiVectorsPropertyTest {
    private static final int CASES = Integer.getInteger("warpgrid.abi.cases", 12_000);
    private static final long SEED = Long.getLong("warpgrid.abi.seed", System.nanoTime());

    @Test
    void liftsAndLowersAsTheSpecificationSays() {
        System.out.println("Canonical ABI vectors: " + CASES + " cases from seed " + SEED);
        for (int i = 0; i < CASES; i++) {
            AbiCase each = new AbiCase(new Random(SEED + i));
            assertThat(each.callsTheGuest())
                    .as("seed %d: a call of the guest, %s", SEED + i, each)
                    .isNull();
            assertThat(each.callsTheHost(false))
                    .as("seed %d: a call of the host, %s", SEED + i, each)
                    .isNull();
        }
    }

    @Test
    void refusesWhatTheSpecificationRefuses() {
        System.out.println("Canonical ABI vectors, damaged: " + CASES + " cases from seed " + SEED);
        int refused = 0;
        for (int i = 0; i < CASES; i++) {
            AbiCase each = new AbiCase(new Random(SEED + i));
            assertThat(each.callsTheHost(true))
                    .as("seed %d: a damaged call, %s", SEED + i, each)
                    .isNull();
            refused += each.refused() ? 1 : 0;
        }
        assertThat(refused).as("cases that had to be refused").isBetween(CASES / 20, CASES - CASES / 20);
    }
}
