package dev.sparkprop.store.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.store.files.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLockTest {
    private static final Duration SILENCE = Duration.ofSeconds(3);

    @TempDir
    private Path directory;

    private FileLock acquire() throws IOException {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(directory.toString());
        return FileLock.acquire(path, Storage.of(path), SILENCE);
    }

    @Test
    void row11LockWithoutANameIsTakenOver() throws IOException {
        Files.createFile(directory.resolve(".lock"));
        try (FileLock lock = acquire()) {
            lock.ensureHeld();
        }
    }

    @Test
    void row11LockWithoutANameIsTakenOverByOneOfTwoRuns() throws Exception {
        Path lock = Files.createFile(directory.resolve(".lock"));
        long created = Files.getLastModifiedTime(lock).toMillis();
        CompletableFuture<FileLock> result = new CompletableFuture<>();
        Thread other = new Thread(() -> {
            try {
                result.complete(acquire());
            } catch (IOException e) {
                result.completeExceptionally(e);
            }
        });
        other.start();
        // the other thread has seen the lock and is waiting
        while (other.isAlive() && other.getState() != Thread.State.TIMED_WAITING) {
            Thread.sleep(1);
        }
        // imitates another run that takes the lock over but has not yet written its own name
        Files.move(lock, directory.resolve(".lock-unnamed-" + created));
        Files.createFile(lock);
        Files.setLastModifiedTime(lock, FileTime.fromMillis(created + 1_000));
        assertThat(result)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(LockedException.class);
        assertThat(lock).isEmptyFile();
    }
}
