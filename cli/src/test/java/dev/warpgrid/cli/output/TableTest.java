package dev.warpgrid.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void alignsColumnsWhateverTheColours() {
        Table table = new Table("A", "STATE", "END");
        table.cell("long name").cell("READY", Palette.ANSI::state).cell("x");
        table.cell("b").cell("LOST", Palette.ANSI::state).cell("y");

        assertThat(table.lines(Palette.PLAIN, 0))
                .containsExactly(
                        "A          STATE  END",
                        "long name  \u001b[32mREADY\u001b[0m  x",
                        "b          \u001b[31mLOST\u001b[0m   y");
    }

    @Test
    void cutsOnlyTheLastColumnToTheTerminal() {
        Table table = new Table("A", "TEXT");
        table.cell("1234567890").cell("a sentence that is longer than the terminal is wide");

        assertThat(table.lines(Palette.PLAIN, 40).get(1)).hasSize(40).endsWith("…");
        assertThat(table.lines(Palette.PLAIN, 0).get(1)).endsWith("wide");
    }

    @Test
    void takesControlCharactersOutOfCells() {
        Table table = new Table("A");
        table.cell("x\u001b[2J\ny");

        assertThat(table.lines(Palette.PLAIN, 0)).last().isEqualTo("x [2J y");
    }
}
