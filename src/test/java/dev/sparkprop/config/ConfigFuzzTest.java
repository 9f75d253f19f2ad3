package dev.sparkprop.config;

import dev.sparkprop.fuzz.Fuzzer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading any configuration or setting must return a plan or report what is wrong. */
class ConfigFuzzTest {
    private static final List<String> TOKENS = List.of(
            "{",
            "}",
            "[",
            "]",
            "=",
            ":",
            ",",
            "\"",
            "\"\"\"",
            "#",
            "//",
            "\n",
            "${",
            "${?",
            "}",
            "+=",
            "\\",
            "\0",
            "\ufeff",
            "include ",
            "include \"base.conf\"",
            "include required(",
            "include file(\"",
            "include url(\"file:///x\")",
            "null",
            "true",
            "auto",
            "full",
            "data.path",
            "seed",
            "network.layers",
            "${data.path}",
            "${HOME}",
            "é",
            "\u2028",
            "data.source = csv",
            "network.hidden = [",
            "1 day",
            "..",
            ".conf",
            "name",
            "{a:{a:{a:");

    private static final List<Class<? extends Exception>> EXPECTED =
            List.of(InvalidConfigException.class, IOException.class);

    @TempDir
    private Path directory;

    private static List<byte[]> shipped() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("conf"))) {
            return files.filter(file -> file.toString().endsWith(".conf"))
                    .sorted()
                    .map(ConfigFuzzTest::bytes)
                    .toList();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void writeIncludedFile() throws IOException {
        Files.writeString(directory.resolve("base.conf"), "seed = 3\ndata.path = [a.csv]\n");
    }

    @Test
    void anyConfigurationIsReadOrRejected() throws IOException {
        Path file = directory.resolve("my.conf");
        new Fuzzer(1, shipped(), TOKENS, EXPECTED, 64 << 20)
                .run(4_000, input -> TrainingPlans.read(Files.write(file, input), List.of()));
    }

    @Test
    void anySettingIsReadOrRejected() {
        Path file = Path.of("conf/xor.conf");
        List<byte[]> settings = Stream.of(
                        "seed=5",
                        "network.layers=[2, 10, 1]",
                        "data.path=a//b#c.csv",
                        "data.separator=\"\\t\"",
                        "optimizer={name=adam, beta1=0.9}",
                        "training.stop.max-time=8 hours",
                        "name=a b")
                .map(setting -> setting.getBytes(StandardCharsets.UTF_8))
                .toList();
        new Fuzzer(2, settings, TOKENS, EXPECTED, 64 << 20)
                .run(4_000, input -> TrainingPlans.read(file, List.of(new String(input, StandardCharsets.UTF_8))));
    }
}
