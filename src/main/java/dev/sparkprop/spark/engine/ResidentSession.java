package dev.sparkprop.spark.engine;

import dev.sparkprop.evaluation.Request;
import dev.sparkprop.spark.engine.Reply.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The driver's side of one resident job: what is to be evaluated, and what partitions have answered. Answers are kept by evaluation
 * and partition, so that a task that ran twice changes nothing. Spark calls {@link #answer} on one thread, which must not wait.
 */
final class ResidentSession {
    private static final Map<String, ResidentSession> OPEN = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final List<List<NodeSums>> sums;
    private Order order;
    private long number;
    private int missing;
    private final Map<Integer, Long> attempts = new HashMap<>();
    private boolean retried;
    private boolean ended;

    ResidentSession(int partitions) {
        sums = new ArrayList<>(Collections.nCopies(partitions, null));
        OPEN.put(id, this);
    }

    String id() {
        return id;
    }

    /** The answer to a task of any session. */
    static Reply answer(TaskReport report) {
        ResidentSession session = OPEN.get(report.session());
        return session == null ? Reply.END : session.take(report);
    }

    private synchronized Reply take(TaskReport report) {
        if (ended) {
            return Reply.END;
        }
        Long before = attempts.put(report.partition(), report.attempt());
        retried |= before != null && before != report.attempt();
        boolean awaited = order != null && sums.get(report.partition()) == null;
        if (awaited && report.number() == number && report.sums() != null) {
            sums.set(report.partition(), report.sums());
            missing--;
            if (missing == 0) {
                notifyAll();
            }
            return Reply.NOT_YET;
        }
        return awaited && report.number() < number ? order : Reply.NOT_YET;
    }

    /** Gives all tasks the next evaluation to do. */
    synchronized void order(Request request) {
        number++;
        order = new Order(number, request);
        for (int partition = 0; partition < sums.size(); partition++) {
            sums.set(partition, null);
        }
        missing = sums.size();
    }

    /** Waits until all partitions have answered, for this time at most; returns their sums, or nothing if some are missing. */
    synchronized Optional<List<NodeSums>> await(long milliseconds) throws InterruptedException {
        if (missing > 0) {
            wait(milliseconds);
        }
        if (missing > 0) {
            return Optional.empty();
        }
        order = null;
        return Optional.of(sums.stream().flatMap(List::stream).toList());
    }

    /** Whether a task was tried again. What the new attempt repacked is known to Spark only when it ends. */
    synchronized boolean retried() {
        return retried;
    }

    /** Lets all tasks end. */
    synchronized void end() {
        ended = true;
        OPEN.remove(id);
    }
}
