package dev.sparkprop.spark.engine;

import dev.sparkprop.data.Shard;
import dev.sparkprop.spark.dataset.GroupedShards;
import dev.sparkprop.spark.dataset.GroupedShards.Group;
import dev.sparkprop.spark.engine.Reply.Order;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * An RDD of resident tasks. Each task asks the driver for the next order, passes over the shards of its partitions,
 * and replies with their sums. This repeats until the driver ends the job. Spark may store the shards anywhere. Each
 * task yields the number of its evaluations.
 */
final class ResidentTasks extends RDD<Long> {
    private static final long serialVersionUID = 1;
    private static final ClassTag<Shard> SHARD = ClassTag$.MODULE$.apply(Shard.class);

    /** How long a task keeps asking without a pause. */
    private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    /**
     * A pause lasts this fraction (1/8) of the time waited so far, so that a task is late by at most the same
     * fraction.
     */
    private static final int PAUSE_SHARE = 8;

    private static final long MAX_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final String session;
    private final PartitionSums sums;

    ResidentTasks(GroupedShards shards, String session, PartitionSums sums) {
        super(shards, ClassTag$.MODULE$.apply(Long.class));
        this.session = session;
        this.sums = sums;
    }

    @Override
    public Partition[] getPartitions() {
        return firstParent(SHARD).partitions();
    }

    @Override
    public scala.collection.Iterator<Long> compute(Partition partition, TaskContext context) {
        long evaluations = 0;
        TaskReport report = new TaskReport(session, partition.index(), context.taskAttemptId(), 0, null);
        long since = System.nanoTime();
        while (!context.isInterrupted()) {
            Reply reply = ask(report);
            if (reply instanceof Reply.End) {
                break;
            } else if (reply instanceof Order order) {
                report = report.after(order.number(), evaluate(order, partition, context));
                evaluations++;
                since = System.nanoTime();
            } else {
                report = report.after(report.number(), null);
                pause(System.nanoTime() - since);
            }
        }
        return CollectionConverters.asScala(List.of(evaluations).iterator());
    }

    private List<NodeSums> evaluate(Order order, Partition partition, TaskContext context) {
        Iterator<Shard> shards = CollectionConverters.asJava(firstParent(SHARD).iterator(partition, context));
        List<NodeSums> nodes = sums.of(order.request(), partition.index(), ((Group) partition).numbers(), shards);
        // an exhausted iterator releases Spark's lock on the block
        while (shards.hasNext()) {
            shards.next();
        }
        return nodes;
    }

    private static Reply ask(TaskReport report) {
        try {
            return ExecutorSide.ask(report);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare
            throw new IllegalStateException("The driver does not respond", e);
        }
    }

    private static void pause(long waited) {
        if (waited < SPIN_NANOS) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(Math.min(waited / PAUSE_SHARE, MAX_PAUSE_NANOS));
        }
    }
}
