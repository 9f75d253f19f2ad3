package dev.sparkprop.spark;

import dev.sparkprop.training.Batch;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** What a task is to evaluate next. */
    record Order(long number, List<float[]> candidates, Batch batch, boolean gradients) implements Serializable {}

    /**
     * What a task tells.
     *
     * @param session of its job
     * @param partition of the task
     * @param attempt Spark's number for this try of it
     * @param number of the evaluation that it has done last, or 0
     * @param sums of that evaluation, if it has not told them before
     */
    record Report(String session, int partition, long attempt, long number, List<NodeSums> sums)
            implements Serializable {
        /** The same task's, after an evaluation. */
        Report after(long evaluation, List<NodeSums> done) {
            return new Report(session, partition, attempt, evaluation, done);
        }
    }

    /** What the driver has to say beside orders. */
    enum Word {
        /** Ask again. */
        NOT_YET,
        /** Nothing more will come. */
        END
    }

    String id() {
        return id;
    }

    /** An {@link Order}, or a {@link Word}. */
    static Object answer(Report report) {
        ResidentSession session = OPEN.get(report.session);
        return session == null ? Word.END : session.take(report);
    }

    private synchronized Object take(Report report) {
        if (ended) {
            return Word.END;
        }
        Long before = attempts.put(report.partition, report.attempt);
        retried |= before != null && before != report.attempt;
        boolean awaited = order != null && sums.get(report.partition) == null;
        if (awaited && report.number == number && report.sums != null) {
            sums.set(report.partition, report.sums);
            missing--;
            if (missing == 0) {
                notifyAll();
            }
            return Word.NOT_YET;
        }
        return awaited && report.number < number ? order : Word.NOT_YET;
    }

    /** Gives a new order out. */
    synchronized void order(List<float[]> candidates, Batch batch, boolean gradients) {
        number++;
        order = new Order(number, candidates, batch, gradients);
        for (int partition = 0; partition < sums.size(); partition++) {
            sums.set(partition, null);
        }
        missing = sums.size();
    }

    /** Waits for a time, or until all partitions have answered; returns their sums, or null if some are missing. */
    synchronized List<NodeSums> await(long milliseconds) throws InterruptedException {
        if (missing > 0) {
            wait(milliseconds);
        }
        if (missing > 0) {
            return null;
        }
        order = null;
        return sums.stream().flatMap(List::stream).toList();
    }

    /** Whether a task was tried again, so that Spark waits for its end to tell what it did anew. */
    synchronized boolean retried() {
        return retried;
    }

    /** Lets all tasks end. */
    synchronized void end() {
        ended = true;
        OPEN.remove(id);
    }
}
