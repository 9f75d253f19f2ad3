package dev.sparkprop.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.network.GradientSum;
import dev.sparkprop.spark.NodeSums.Work;
import dev.sparkprop.spark.ResidentSession.Order;
import dev.sparkprop.spark.ResidentSession.Report;
import dev.sparkprop.spark.ResidentSession.Word;
import dev.sparkprop.training.Batch;
import dev.sparkprop.training.ReductionTree.Node;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResidentSessionTest {
    private static final Batch BATCH = Batch.whole(10);
    private static final List<float[]> CANDIDATES = List.of(new float[3]);

    private final ResidentSession session = new ResidentSession(2);

    @AfterEach
    void end() {
        session.end();
    }

    private Object ask(int partition, long number, List<NodeSums> sums) {
        return ask(partition, 7, number, sums);
    }

    private Object ask(int partition, long attempt, long number, List<NodeSums> sums) {
        return ResidentSession.answer(new Report(session.id(), partition, attempt, number, sums));
    }

    private static List<NodeSums> sums(int partition) {
        return List.of(
                new NodeSums(new Node(partition, partition + 1), List.of(new GradientSum(3)), new Work(partition, 1)));
    }

    @Test
    void eachPartitionIsOrderedOnceAndItsFirstAnswerCounts() throws InterruptedException {
        assertThat(ask(0, 0, null)).isEqualTo(Word.NOT_YET);
        session.order(CANDIDATES, BATCH, true);
        assertThat(ask(0, 0, null)).isEqualTo(new Order(1, CANDIDATES, BATCH, true));
        List<NodeSums> first = sums(0);
        assertThat(ask(0, 1, first)).isEqualTo(Word.NOT_YET);
        // a second try of the same task
        assertThat(session.retried()).isFalse();
        assertThat(ask(0, 8, 0, null)).isEqualTo(Word.NOT_YET);
        assertThat(ask(0, 8, 1, sums(0))).isEqualTo(Word.NOT_YET);
        assertThat(session.retried()).isTrue();
        assertThat(session.await(1)).isNull();
        assertThat(ask(1, 0, null)).isInstanceOf(Order.class);
        List<NodeSums> second = sums(1);
        ask(1, 1, second);
        assertThat(session.await(1)).containsExactly(first.get(0), second.get(0));
    }

    @Test
    void answersToAnEarlierOrderAreLate() throws InterruptedException {
        session.order(CANDIDATES, BATCH, true);
        ask(0, 1, sums(0));
        ask(1, 1, sums(1));
        assertThat(session.await(1)).hasSize(2);
        session.order(CANDIDATES, BATCH, false);
        // from a task that was thought to be lost
        assertThat(ask(0, 1, sums(0))).isEqualTo(new Order(2, CANDIDATES, BATCH, false));
        assertThat(session.await(1)).isNull();
    }

    @Test
    void tasksOfAnEndedSessionEnd() {
        session.order(CANDIDATES, BATCH, true);
        session.end();
        assertThat(ask(0, 0, null)).isEqualTo(Word.END);
        assertThat(ResidentSession.answer(new Report("of another driver", 0, 0, 0, null)))
                .isEqualTo(Word.END);
    }
}
