package dev.sparkprop.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LiveLineTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private String visibleText() {
        return Terminal.visibleText(written());
    }

    @Test
    void newTextReplacesLongerText() {
        LiveLine line = LiveLine.on(out, 80);
        line.show("iteration 10, a long text");
        assertThat(visibleText()).isEqualTo("iteration 10, a long text");
        line.show("iteration 20");
        assertThat(visibleText()).isEqualTo("iteration 20");
    }

    @Test
    void printedTextAppearsAboveTheLine() {
        LiveLine line = LiveLine.on(out, 80);
        line.show("a text that is longer than the next one");
        line.print("printed\n");
        line.show("below");
        assertThat(visibleText()).isEqualTo("printed\nbelow");
        line.clear();
        assertThat(visibleText()).isEqualTo("printed\n");
        line.print("more\n");
        assertThat(visibleText()).isEqualTo("printed\nmore\n");
    }

    @Test
    void longTextIsCutBeforeTheLastColumn() {
        LiveLine.on(out, 10).show("0123456789abc");
        assertThat(visibleText()).isEqualTo("012345678");
    }

    @Test
    void writesOnlyPrintedTextWithoutATerminal() {
        LiveLine line = LiveLine.none(out);
        line.show("a text");
        line.print("printed\n");
        line.clear();
        assertThat(written()).isEqualTo("printed\n");
    }
}
