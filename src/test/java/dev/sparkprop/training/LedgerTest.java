package dev.sparkprop.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkprop.training.Ledger.Phase;
import dev.sparkprop.training.Ledger.Times;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private long now;

    private void advance(int milliseconds) {
        now += TimeUnit.MILLISECONDS.toNanos(milliseconds);
    }

    @Test
    void nestedWorkIsBookedOnce() {
        Ledger ledger = new Ledger(() -> now);
        String result = ledger.time(Phase.UPDATE, () -> {
            advance(20);
            ledger.time(Phase.BROADCAST, () -> advance(30));
            ledger.book(Phase.COMPUTE, 5_000_000);
            return "done";
        });
        assertThat(result).isEqualTo("done");
        Times times = ledger.total(1);
        assertThat(times.milliseconds().get(Phase.BROADCAST)).isEqualTo(30);
        assertThat(times.milliseconds().get(Phase.COMPUTE)).isEqualTo(5);
        assertThat(times.milliseconds().get(Phase.UPDATE)).isEqualTo(15);
        assertThat(times.total()).isEqualTo(50);
        assertThat(times.overhead()).isEqualTo(30);
    }

    @Test
    void failedWorkIsBooked() {
        Ledger ledger = new Ledger(() -> now);
        assertThatThrownBy(() -> ledger.time(Phase.LOG, () -> {
                    advance(10);
                    throw new IllegalStateException("full");
                }))
                .hasMessage("full");
        assertThat(ledger.total(1).milliseconds().get(Phase.LOG)).isEqualTo(10);
    }

    @Test
    void computeTimeIsTheSlowestTaskOrAllRounds() {
        Ledger ledger = new Ledger();
        ledger.bookTasks(new long[] {4_000_000, 2_000_000, 0}, 2);
        assertThat(ledger.total(1))
                .returns(4.0, times -> times.milliseconds().get(Phase.COMPUTE))
                .returns(6.0, Times::taskMilliseconds)
                .returns(4.0, Times::slowestTask)
                .returns(4.0 / 3, Times::stragglers);
        ledger.bookTasks(new long[] {3_000_000, 3_000_000, 3_000_000, 3_000_000}, 2);
        assertThat(ledger.total(2))
                .returns((4 + 6) / 2.0, times -> times.milliseconds().get(Phase.COMPUTE))
                .returns((6 + 12) / 2.0, Times::taskMilliseconds)
                .returns((4 + 3) / 2.0, Times::slowestTask)
                .returns(7.0 / 6, Times::stragglers);
        assertThat(new Ledger().total(1).stragglers()).isNaN();
    }

    @Test
    void lineAveragesTheIterationsSinceThePreviousLine() {
        Ledger ledger = new Ledger();
        ledger.book(Phase.UPDATE, 7_000_000);
        ledger.mark();
        ledger.book(Phase.UPDATE, 10_000_000);
        assertThat(ledger.sinceMark(5).milliseconds().get(Phase.UPDATE)).isEqualTo(2);
        assertThat(ledger.sinceMark(5).milliseconds().get(Phase.UPDATE)).isEqualTo(2);
        assertThat(ledger.total(1).milliseconds().get(Phase.UPDATE)).isEqualTo(17);
    }
}
