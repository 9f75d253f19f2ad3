package dev.sparkprop.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextCharsetTest {
    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "latin1", "ISO-8859-15", "windows-1252", "Shift_JIS", "GB18030", "Big5", "KOI8-R"})
    void acceptsCharsetsThatContainAscii(String name) {
        Charset charset = new TextCharset(name).charset();
        assertThat(charset).isEqualTo(Charset.forName(name));
        byte[] bytes = "a,1".getBytes(charset);
        assertThat(TextCharset.decode(bytes, bytes.length, charset)).contains("a,1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32", "IBM037", "IBM1047", "ISO-2022-JP"})
    void rejectsCharsetsWithoutAscii(String name) {
        assertThatThrownBy(() -> new TextCharset(name)).hasMessageStartingWith("must be a charset that contains ASCII");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-9", "", "no charset"})
    void rejectsUnknownNames(String name) {
        assertThatThrownBy(() -> new TextCharset(name)).hasMessageStartingWith("must be the name of a charset");
    }

    @Test
    void doesNotDecodeInvalidBytes() {
        byte[] latin = "Caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(TextCharset.decode(latin, 4, StandardCharsets.UTF_8)).isEmpty();
        assertThat(TextCharset.decode(latin, 4, StandardCharsets.ISO_8859_1)).isEqualTo(Optional.of("Caf\u00e9"));
        assertThat(TextCharset.decode(latin, 3, StandardCharsets.UTF_8)).contains("Caf");
    }

    /** The replacement character, which stands for undecodable bytes, may also be part of a valid text. */
    @Test
    void acceptsReplacementCharacters() {
        byte[] bytes = "a\uFFFDb".getBytes(StandardCharsets.UTF_8);
        assertThat(TextCharset.decode(bytes, bytes.length, StandardCharsets.UTF_8))
                .contains("a\uFFFDb");
    }
}
