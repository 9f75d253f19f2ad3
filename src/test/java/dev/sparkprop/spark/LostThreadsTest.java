package dev.sparkprop.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LostThreadsTest {
    @BeforeAll
    static void stopTheSharedSpark() {
        LocalSpark.stop();
    }

    /** A result that does not fit in the driver's memory. */
    private static final class TooLarge implements Serializable {
        private static final long serialVersionUID = 1;

        private Object readResolve() {
            if (Thread.currentThread().getName().startsWith("task-result-getter")) {
                throw new OutOfMemoryError("as if");
            }
            return this;
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
    void row27ResultTooLargeForTheDriverEndsTheRun() throws IOException {
        try (SparkConnection spark = new SparkConnection("test", Duration.ofMinutes(1))) {
            Throwable ended = catchThrowable(() -> spark.context()
                    .parallelize(List.of(1))
                    .map(number -> new TooLarge())
                    .collect());
            assertThat(ended).isInstanceOf(InterruptedException.class);
            assertThat(LostThreads.reason(ended))
                    .isInstanceOf(OutOfMemoryError.class)
                    .hasMessage("as if");
            assertThat(spark.context().parallelize(List.of(1, 2)).count()).isEqualTo(2);
        }
        try (SparkConnection spark = new SparkConnection("next", Duration.ofMinutes(1))) {
            assertThat(LostThreads.reason(new IllegalStateException("other"))).hasMessage("other");
        }
    }
}
