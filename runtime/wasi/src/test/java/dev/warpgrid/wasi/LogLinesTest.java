package dev.warpgrid.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LogLinesTest {
    private final RecordingLog log = new RecordingLog();
    private final InstanceState state =
            new InstanceState(WasiConfig.builder().log(log).build());

    @Test
    void joinsPiecesUntilTheLineEnds() {
        write("one ");
        write("line\ntwo\nthr");
        assertThat(log.lines()).containsExactly("STDOUT INFO |one line", "STDOUT INFO |two");
        write("ee\r\n");
        assertThat(log.lines()).last().isEqualTo("STDOUT INFO |three");
    }

    @Test
    void keepsStdoutAndStderrApart() {
        write("half");
        state.log(LogStream.STDERR, "whole\n".getBytes(StandardCharsets.UTF_8));
        write(" line\n");
        assertThat(log.lines()).containsExactly("STDERR ERROR |whole", "STDOUT INFO |half line");
    }

    @Test
    void givesAnUnfinishedLineOutWhenTheCallEnds() {
        write("no line end");
        state.exit();
        state.exit();
        assertThat(log.lines()).containsExactly("STDOUT INFO |no line end");
    }

    @Test
    void cutsALineAtItsLimitAndSaysHowMuch() {
        int limit = WasiLimits.defaults().logLineBytes();
        for (int i = 0; i < 10; i++) {
            write("x".repeat(limit / 4));
        }
        write("\nnext\n");
        assertThat(log.lines())
                .containsExactly(
                        "STDOUT INFO |" + "x".repeat(limit) + " [cut: " + (10 * (limit / 4) - limit) + " bytes more]",
                        "STDOUT INFO |next");
    }

    @Test
    void cutsALineThatComesInOnePiece() {
        int limit = WasiLimits.defaults().logLineBytes();
        write("y".repeat(limit + 7) + "\n");
        assertThat(log.lines()).containsExactly("STDOUT INFO |" + "y".repeat(limit) + " [cut: 7 bytes more]");
    }

    @Test
    void keepsCharactersWholeThatComeInPieces() {
        byte[] umlaut = "ä\n".getBytes(StandardCharsets.UTF_8);
        state.log(LogStream.STDOUT, new byte[] {umlaut[0]});
        state.log(LogStream.STDOUT, new byte[] {umlaut[1], umlaut[2]});
        assertThat(log.lines()).containsExactly("STDOUT INFO |ä");
    }

    private void write(String text) {
        state.log(LogStream.STDOUT, text.getBytes(StandardCharsets.UTF_8));
    }
}
