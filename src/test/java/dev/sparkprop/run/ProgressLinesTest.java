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
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Test
    void whatIsDoneIsToldAgainAndAgainUntilTheEnd() throws InterruptedException {
        Iterator<JobProgress> first =
                List.of(new JobProgress(0, 0, 0), new JobProgress(1, 0, 0)).iterator();
        int result = ProgressLines.during(
                "Reading",
                () -> first.hasNext() ? first.next() : new JobProgress(40, 12, 3_456_789),
                Duration.ofMillis(10),
                told::add,
                () -> {
                    assertThat(told.poll(1, TimeUnit.MINUTES)).matches("Reading: 0 of 1 task done after \\d+ s");
                    assertThat(told.poll(1, TimeUnit.MINUTES))
                            .matches("Reading: 12 of 40 tasks done, 3,456,789 rows read after \\d+ s");
                    assertThat(told.poll(1, TimeUnit.MINUTES)).startsWith("Reading: 12 of 40 tasks");
                    return 7;
                });
        assertThat(result).isEqualTo(7);
        told.clear();
        Thread.sleep(50);
        assertThat(told).isEmpty();
    }

    @Test
    void nothingIsToldOfWorkThatEndsSoon() {
        assertThat(ProgressLines.during(
                        "Reading", () -> new JobProgress(2, 1, 0), Duration.ofMinutes(1), told::add, () -> "done"))
                .isEqualTo("done");
        assertThat(told).isEmpty();
    }
}
