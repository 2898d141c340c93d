package dev.warpgrid.component.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.types.ResourceType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandleTableTest {
    private final HandleTable table = new HandleTable(new HandleTable.Budget(20));

    private static Handle handle(int number) {
        return new Handle(new ResourceType("r"), number, null, true, null);
    }

    @Test
    void beginsAtOneAndReusesTheLastFreedIndex() {
        assertThat(table.add(handle(10))).isEqualTo(1);
        assertThat(table.add(handle(11))).isEqualTo(2);
        assertThat(table.add(handle(12))).isEqualTo(3);
        table.remove(1);
        table.remove(3);

        assertThat(table.add(handle(13))).isEqualTo(3);
        assertThat(table.add(handle(14))).isEqualTo(1);
        assertThat(table.add(handle(15))).isEqualTo(4);
        assertThat(table.get(3).number).isEqualTo(13);
    }

    @Test
    void trapsOnIndexesItDoesNotHold() {
        table.remove(table.add(handle(1)));

        for (int index : new int[] {0, 1, 2, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> table.get(index))
                    .isInstanceOfSatisfying(
                            TrapException.class, e -> assertThat(e.kind()).isEqualTo(TrapException.Kind.ABI));
        }
    }

    @Test
    void trapsAboveItsLimit() {
        for (int i = 0; i < 20; i++) {
            table.add(handle(i));
        }

        assertThatThrownBy(() -> table.add(handle(20)))
                .isInstanceOfSatisfying(
                        TrapException.class, e -> assertThat(e.kind()).isEqualTo(TrapException.Kind.LIMIT))
                .hasMessageContaining("handles");
    }

    @Test
    void sharesItsLimitWithTheOtherTablesOfAnInstance() {
        HandleTable.Budget budget = new HandleTable.Budget(2);
        HandleTable one = new HandleTable(budget);
        HandleTable other = new HandleTable(budget);
        one.add(handle(1));
        int index = other.add(handle(2));

        assertThatThrownBy(() -> one.add(handle(3))).isInstanceOf(TrapException.class);
        other.remove(index);
        assertThat(one.add(handle(3))).isEqualTo(2);
    }

    @Test
    void drainsEveryEntryOnce() {
        table.add(handle(1));
        table.remove(table.add(handle(2)));
        table.add(handle(3));
        List<Integer> drained = new ArrayList<>();

        table.drain(each -> drained.add(each.number));
        table.drain(each -> drained.add(each.number));

        assertThat(drained).containsExactly(1, 3);
    }
}
