package dev.sparkprop.store.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunLockTest {
    /** Above the largest process ID that Linux assigns. */
    private static final long NO_PROCESS = 1L << 22;

    @TempDir
    private Path directory;

    private RunLock acquire() throws IOException {
        return RunLock.acquire(new org.apache.hadoop.fs.Path(directory.toString()));
    }

    /** Acquires the lock of a directory in another process. Exits with 1 if another process owns it. */
    static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] arguments) throws IOException {
            try (RunLock lock = RunLock.acquire(new org.apache.hadoop.fs.Path(arguments[0]))) {
                lock.ensureHeld();
            } catch (LockedException e) {
                System.exit(1);
            }
        }
    }

    private int exitCodeOfAnotherProcess() throws Exception {
        return new ProcessBuilder(
                        "java",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void secondAttemptInTheSameProcessKeepsTheLock() throws Exception {
        try (RunLock first = acquire()) {
            assertThatThrownBy(this::acquire).isInstanceOf(LockedException.class);
            assertThat(exitCodeOfAnotherProcess()).isEqualTo(1);
            first.ensureHeld();
        }
        assertThat(exitCodeOfAnotherProcess()).isZero();
    }

    @Test
    void doesNotFollowALinkInPlaceOfTheLock() throws IOException {
        Path precious = Files.writeString(directory.resolve("precious.txt"), "mine");
        Files.createSymbolicLink(directory.resolve(".lock"), precious);
        assertThatThrownBy(this::acquire)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot write " + directory + "/.lock");
        assertThat(precious).hasContent("mine");
    }

    @Test
    void detectsADeletedOrReplacedLock() throws IOException {
        try (RunLock lock = acquire()) {
            Files.delete(directory.resolve(".lock"));
            assertThatThrownBy(lock::ensureHeld)
                    .isInstanceOf(LockedException.class)
                    .hasMessageContaining("deleted");
            Files.createFile(directory.resolve(".lock"));
            assertThatThrownBy(lock::ensureHeld)
                    .isInstanceOf(LockedException.class)
                    .hasMessageContaining("replaced");
        }
    }

    @Test
    void deletesTheWorkDirectoryOfADeadOwner() throws IOException {
        Path abandoned = Files.createDirectory(directory.resolve(".work-a-b"));
        Files.createFile(abandoned.resolve("run.json"));
        try (RunLock lock = acquire()) {
            assertThat(abandoned).doesNotExist();
            assertThat(Path.of(lock.work().toString())).isDirectory();
        }
        assertThat(directory).isDirectoryNotContaining("glob:**/.work-*");
    }

    private static LockOwner owner(LockOwner template, long pid, String boot, String namespace) {
        return new LockOwner(template.id(), template.host(), pid, template.since(), 1, boot, namespace);
    }

    @Test
    void row23DetectsADeadOwnerOnlyInItsOwnPidNamespace() {
        LockOwner here = LockOwner.ofThisProcess();
        assertThat(here.isKnownDead()).isFalse();
        assertThat(owner(here, NO_PROCESS, here.boot(), here.pidNamespace()).isKnownDead())
                .isTrue();
        assertThat(owner(here, NO_PROCESS, here.boot(), "pid:[1]").isKnownDead())
                .isFalse();
        assertThat(owner(here, NO_PROCESS, "another kernel", here.pidNamespace())
                        .isKnownDead())
                .isFalse();
        // as written by earlier versions
        assertThat(owner(here, NO_PROCESS, null, null).isKnownDead()).isFalse();
    }

    @Test
    void parsesOwnersWithUnknownFields() throws IOException {
        LockOwner owner = LockOwner.ofThisProcess().at(7);
        assertThat(LockOwner.parse(owner.bytes())).contains(owner);
        String later = new String(owner.bytes(), StandardCharsets.UTF_8).replace("{", "{\"colour\":\"red\",");
        assertThat(LockOwner.parse(later.getBytes(StandardCharsets.UTF_8))).contains(owner);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{\"id\":\"../../home\",\"pid\":1}",
                "{\"pid\":1}",
                "{\"id\":\"a\",\"pid\":\"x\"}"
            })
    void invalidOwnersAreParsedAsNone(String content) {
        assertThat(LockOwner.parse(content.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
