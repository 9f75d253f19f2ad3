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
 * The driver's side of one resident job: the current order and the tasks' replies. Replies are stored by
 * evaluation and task, so that duplicate task attempts have no effect. Spark calls {@link #answer} on a single
 * thread, which must not block.
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

    ResidentSession(int tasks) {
        sums = new ArrayList<>(Collections.nCopies(tasks, null));
        OPEN.put(id, this);
    }

    String id() {
        return id;
    }

    /** Returns the reply to a task of any session. */
    static Reply answer(TaskReport report) {
        ResidentSession session = OPEN.get(report.session());
        return session == null ? Reply.END : session.take(report);
    }

    private synchronized Reply take(TaskReport report) {
        if (ended) {
            return Reply.END;
        }
        Long before = attempts.put(report.task(), report.attempt());
        retried |= before != null && before != report.attempt();
        boolean awaited = order != null && sums.get(report.task()) == null;
        if (awaited && report.number() == number && report.sums() != null) {
            sums.set(report.task(), report.sums());
            missing--;
            if (missing == 0) {
                notifyAll();
            }
            return Reply.NOT_YET;
        }
        return awaited && report.number() < number ? order : Reply.NOT_YET;
    }

    /** Assigns the next evaluation to all tasks. */
    synchronized void order(Request request) {
        number++;
        order = new Order(number, request);
        for (int task = 0; task < sums.size(); task++) {
            sums.set(task, null);
        }
        missing = sums.size();
    }

    /**
     * Waits up to the given time until all tasks have replied. Returns their sums, or empty if some are missing.
     */
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

    /**
     * Returns true if a task was retried. Spark reports the shards that the new attempt repacked only when the
     * attempt ends.
     */
    synchronized boolean retried() {
        return retried;
    }

    /** Ends all tasks. */
    synchronized void end() {
        ended = true;
        OPEN.remove(id);
    }
}
