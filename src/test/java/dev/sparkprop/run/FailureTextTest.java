package dev.sparkprop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.cli.options.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import org.junit.jupiter.api.Test;

class FailureTextTest {
    @Test
    void wrapperHasTheMessageOfItsCause() {
        IOException full = new IOException("Cannot write x: No space left on device");
        assertThat(FailureText.of(new UncheckedIOException(full))).isEqualTo(full.getMessage());
        // thrown by Hadoop's local file system
        assertThat(FailureText.of(new Error(full))).isEqualTo(full.getMessage());
        assertThat(ExitCode.of(new Error(full))).isEqualTo(ExitCode.IO_ERROR);
    }

    @Test
    void outOfMemoryIsAnIoError() {
        assertThat(ExitCode.of(new OutOfMemoryError("Java heap space"))).isEqualTo(ExitCode.IO_ERROR);
        assertThat(FailureText.of(new OutOfMemoryError("Java heap space")))
                .startsWith("Out of memory: Java heap space")
                .contains("spark.driver.memory");
        assertThat(ExitCode.of(new StackOverflowError())).isEqualTo(ExitCode.IO_ERROR);
        assertThat(ExitCode.of(new AssertionError("x"))).isEqualTo(ExitCode.INTERNAL_ERROR);
    }

    @Test
    void addsAReasonToFileExceptions() {
        assertThat(FailureText.of(new AccessDeniedException("/root/x"))).isEqualTo("/root/x: permission denied");
        assertThat(FailureText.of(new FileAlreadyExistsException("x"))).isEqualTo("x: already exists");
        assertThat(FailureText.of(new AccessDeniedException("x", null, "why"))).isEqualTo("x: why");
    }
}
