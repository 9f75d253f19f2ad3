package dev.sparkprop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.spark.JobProgress;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @Test
    void printsProgressRepeatedlyUntilTheEnd() throws InterruptedException {
        Iterator<JobProgress> first =
                List.of(new JobProgress(0, 0, 0), new JobProgress(1, 0, 0)).iterator();
        int result = ProgressLines.during(
                "Reading",
                () -> first.hasNext() ? first.next() : new JobProgress(40, 12, 3_456_789),
                Duration.ofMillis(10),
                lines::add,
                () -> {
                    assertThat(lines.poll(1, TimeUnit.MINUTES)).matches("Reading: 0 of 1 task done after \\d+ s");
                    assertThat(lines.poll(1, TimeUnit.MINUTES))
                            .matches("Reading: 12 of 40 tasks done, 3,456,789 rows read after \\d+ s");
                    assertThat(lines.poll(1, TimeUnit.MINUTES)).startsWith("Reading: 12 of 40 tasks");
                    return 7;
                });
        assertThat(result).isEqualTo(7);
        lines.clear();
        Thread.sleep(50);
        assertThat(lines).isEmpty();
    }

    @Test
    void printsNothingForShortWork() {
        assertThat(ProgressLines.during(
                        "Reading", () -> new JobProgress(2, 1, 0), Duration.ofMinutes(1), lines::add, () -> "done"))
                .isEqualTo("done");
        assertThat(lines).isEmpty();
    }
}
