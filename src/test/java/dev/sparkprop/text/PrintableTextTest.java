package dev.sparkprop.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTextTest {
    @Test
    void escapesControlCharacters() {
        assertThat(PrintableText.of("\u001b]0;pwned\u0007\u009b31mred\u202e"))
                .isEqualTo("\\u001b]0;pwned\\u0007\\u009b31mred\\u202e");
        assertThat(PrintableText.of("two\n\tlines, é and 𝄞")).isEqualTo("two\n\tlines, é and 𝄞");
    }
}
