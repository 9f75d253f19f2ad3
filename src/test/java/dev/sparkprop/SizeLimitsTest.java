package dev.sparkprop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Limits the size of packages and files, so that each can be understood as a whole. */
class SizeLimitsTest {
    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    @Test
    void noPackageHasMoreThan25Files() throws IOException {
        assertThat(sources()).isNotEmpty();
        assertThat(sources().stream().map(Path::getParent).distinct())
                .allSatisfy(directory -> assertThat(sources().stream()
                                .filter(file -> file.getParent().equals(directory)))
                        .hasSizeLessThanOrEqualTo(25));
    }

    @Test
    void noFileHasMoreThan250Lines() throws IOException {
        assertThat(sources())
                .allSatisfy(file -> assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(250));
    }
}
