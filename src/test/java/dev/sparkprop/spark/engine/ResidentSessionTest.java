package dev.sparkprop.spark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.evaluation.Batch;
import dev.sparkprop.evaluation.ReductionTree.Node;
import dev.sparkprop.evaluation.Request;
import dev.sparkprop.network.GradientSum;
import dev.sparkprop.spark.engine.NodeSums.Work;
import dev.sparkprop.spark.engine.Reply.Order;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResidentSessionTest {
    private static final Request REQUEST = Request.gradients(List.of(new float[3]), Batch.all(10));

    private final ResidentSession session = new ResidentSession(2);

    @AfterEach
    void end() {
        session.end();
    }

    private Reply report(int partition, long number, List<NodeSums> sums) {
        return report(partition, 7, number, sums);
    }

    private Reply report(int partition, long attempt, long number, List<NodeSums> sums) {
        return ResidentSession.answer(new TaskReport(session.id(), partition, attempt, number, sums));
    }

    private static List<NodeSums> sums(int partition) {
        return List.of(
                new NodeSums(new Node(partition, partition + 1), List.of(new GradientSum(3)), new Work(partition, 1)));
    }

    @Test
    void ordersEachPartitionOnceAndCountsItsFirstAnswer() throws InterruptedException {
        assertThat(report(0, 0, null)).isEqualTo(Reply.NOT_YET);
        session.order(REQUEST);
        assertThat(report(0, 0, null)).isEqualTo(new Order(1, REQUEST));
        List<NodeSums> first = sums(0);
        assertThat(report(0, 1, first)).isEqualTo(Reply.NOT_YET);
        // a second attempt of the same task
        assertThat(session.retried()).isFalse();
        assertThat(report(0, 8, 0, null)).isEqualTo(Reply.NOT_YET);
        assertThat(report(0, 8, 1, sums(0))).isEqualTo(Reply.NOT_YET);
        assertThat(session.retried()).isTrue();
        assertThat(session.await(1)).isEmpty();
        assertThat(report(1, 0, null)).isInstanceOf(Order.class);
        List<NodeSums> second = sums(1);
        report(1, 1, second);
        assertThat(session.await(1)).contains(List.of(first.get(0), second.get(0)));
    }

    @Test
    void ignoresAnswersToEarlierOrders() throws InterruptedException {
        session.order(REQUEST);
        report(0, 1, sums(0));
        report(1, 1, sums(1));
        assertThat(session.await(1)).isPresent();
        Request losses = Request.losses(REQUEST.candidates(), 10);
        session.order(losses);
        // from a task that was assumed to be lost
        assertThat(report(0, 1, sums(0))).isEqualTo(new Order(2, losses));
        assertThat(session.await(1)).isEmpty();
    }

    @Test
    void tasksEndWithTheirSession() {
        session.order(REQUEST);
        session.end();
        assertThat(report(0, 0, null)).isEqualTo(Reply.END);
        assertThat(ResidentSession.answer(new TaskReport("of another driver", 0, 0, 0, null)))
                .isEqualTo(Reply.END);
    }
}
