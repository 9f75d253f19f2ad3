package dev.sparkprop.spark.dataset;

import dev.sparkprop.data.Shard;
import java.util.List;
import org.apache.spark.Dependency;
import org.apache.spark.NarrowDependency;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Shards with several partitions of a dataset in each partition, so that one task can pass over all of them. */
public final class GroupedShards extends RDD<Shard> {
    private static final long serialVersionUID = 1;
    private static final ClassTag<Shard> SHARD = ClassTag$.MODULE$.apply(Shard.class);

    private final transient List<List<Integer>> groups;

    /**
     * Groups partitions.
     *
     * @param groups the numbers of the partitions in each group
     */
    GroupedShards(RDD<Shard> shards, List<List<Integer>> groups) {
        super(
                shards.context(),
                CollectionConverters.asScala(List.<Dependency<?>>of(new Members(shards, groups)))
                        .toSeq(),
                SHARD);
        this.groups = groups;
    }

    /**
     * Partitions of the dataset that one task passes over.
     *
     * @param index the number of the group
     * @param numbers the numbers of the partitions, ascending
     * @param partitions the partitions with these numbers
     */
    public record Group(int index, List<Integer> numbers, List<Partition> partitions) implements Partition {}

    @Override
    public Partition[] getPartitions() {
        Partition[] all = firstParent(SHARD).partitions();
        Partition[] grouped = new Partition[groups.size()];
        for (int group = 0; group < grouped.length; group++) {
            List<Integer> numbers = groups.get(group);
            grouped[group] = new Group(
                    group, numbers, numbers.stream().map(number -> all[number]).toList());
        }
        return grouped;
    }

    /** Returns the shards of one partition after the other. */
    @Override
    public Iterator<Shard> compute(Partition group, TaskContext context) {
        RDD<Shard> shards = firstParent(SHARD);
        return CollectionConverters.asScala(((Group) group).partitions().iterator())
                .flatMap(partition -> shards.iterator(partition, context));
    }

    /** Which partitions a group contains. Spark runs the group's task where its first partition is cached. */
    private static final class Members extends NarrowDependency<Shard> {
        private static final long serialVersionUID = 1;

        private final List<List<Integer>> groups;

        Members(RDD<Shard> shards, List<List<Integer>> groups) {
            super(shards);
            this.groups = groups;
        }

        @Override
        public scala.collection.immutable.Seq<Object> getParents(int group) {
            return CollectionConverters.asScala(List.<Object>copyOf(groups.get(group)))
                    .toSeq();
        }
    }
}
