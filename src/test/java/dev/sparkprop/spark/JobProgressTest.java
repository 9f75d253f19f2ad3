package dev.sparkprop.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.spark.files.Sessions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobProgressTest {
    private static final int ROWS = 30;

    /** Contains the file {@code gate}, which blocks one of the tasks while it exists. */
    @TempDir
    private static Path directory;

    @Test
    void countsTasksAndRowsOfTheRunningJob() throws Exception {
        Path file = Files.write(
                directory.resolve("rows"),
                IntStream.range(0, ROWS).mapToObj(String::valueOf).toList());
        String gate = Files.createFile(directory.resolve("gate")).toString();
        try (JavaSparkContext context = LocalSpark.context()) {
            assertThat(JobProgress.of(context)).isEqualTo(new JobProgress(0, 0, 0));
            JavaRDD<Row> rows =
                    Sessions.of(context).read().text(file.toString()).toJavaRDD();
            JavaRDD<Row> all = rows.union(rows)
                    .union(rows)
                    .mapPartitionsWithIndex(
                            (partition, iterator) -> {
                                while (partition == 2 && Files.exists(Path.of(gate))) {
                                    Thread.sleep(10);
                                }
                                return iterator;
                            },
                            false);
            JavaFutureAction<Long> job = all.countAsync();
            JobProgress expected = new JobProgress(3, 2, 2 * ROWS);
            for (int i = 0; i < 3_000 && !JobProgress.of(context).equals(expected); i++) {
                Thread.sleep(10);
            }
            assertThat(JobProgress.of(context)).isEqualTo(expected);
            Files.delete(Path.of(gate));
            assertThat(job.get()).isEqualTo(3L * ROWS);
        }
    }
}
