package dev.sparkprop.cli;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * The working directory of this test process, emptied before each test. Commands that run in this JVM and commands
 * in separate processes find the same files there. If the build did not give the process a directory that may be
 * emptied, this is a new directory.
 */
@TempDir(factory = WorkingDirectory.Factory.class, cleanup = CleanupMode.NEVER)
@Retention(RetentionPolicy.RUNTIME)
@interface WorkingDirectory {
    Path PATH = Path.of("").toAbsolutePath();

    final class Factory implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
            if (!PATH.startsWith(Program.PROJECT.resolve("target"))) {
                return Files.createTempDirectory("sparkprop");
            }
            List<Path> oldFiles;
            try (Stream<Path> files = Files.walk(PATH)) {
                oldFiles = files.filter(file -> !file.equals(PATH))
                        .sorted(Comparator.reverseOrder())
                        .toList();
            }
            for (Path file : oldFiles) {
                Files.delete(file);
            }
            return PATH;
        }
    }
}
