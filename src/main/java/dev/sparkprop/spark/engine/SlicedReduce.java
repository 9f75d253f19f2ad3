package dev.sparkprop.spark.engine;

import dev.sparkprop.evaluation.ReductionTree;
import dev.sparkprop.network.GradientSum;
import dev.sparkprop.network.Topology;
import dev.sparkprop.spark.dataset.ShardPartitioning;
import dev.sparkprop.spark.engine.NodeSums.Work;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import scala.Tuple2;

/**
 * Combines the nodes of the reduction tree on the executors. Each node's sums are cut into slices, and a shuffle
 * brings together the slices with the same number. The driver then receives one set of sums instead of one per node.
 * Each element is added in the order of the tree, so the result is bit-identical.
 *
 * @param tree the reduction tree over all shards
 * @param parameters the number of parameters in each sum
 * @param slices the number of slices
 */
record SlicedReduce(ReductionTree tree, int parameters, int slices) implements Serializable {

    /**
     * Returns true if there are several partitions and the sums of all nodes together exceed the given number of
     * bytes.
     */
    static boolean isWorthwhile(ShardPartitioning partitioning, Topology topology, int candidates, long directBytes) {
        long nodes = IntStream.range(0, partitioning.partitions())
                .mapToLong(partition -> partitioning.nodes(partition).size())
                .sum();
        return partitioning.partitions() > 1
                && nodes * candidates * topology.parameterCount() * Double.BYTES > directBytes;
    }

    private int from(int slice) {
        return (int) ((long) slice * parameters / slices);
    }

    /**
     * The result for the whole tree.
     *
     * @param sums one sum for each candidate
     * @param works the work of each node's task
     * @param nanos the time of the slowest combining task
     */
    record Reduced(List<GradientSum> sums, List<Work> works, long nanos) {}

    /** Combines all nodes. */
    Reduced reduce(JavaRDD<NodeSums> nodes) {
        JavaPairRDD<Integer, NodeSums> cut = nodes.flatMapToPair(new Cut(this));
        List<Slice> added = cut.partitionBy(new BySlice(slices))
                .mapPartitions(new AddUp(this))
                .collect();
        List<GradientSum> sums = new ArrayList<>();
        long slowest = 0;
        for (Slice slice : added) {
            for (int candidate = 0; candidate < slice.sums().size(); candidate++) {
                if (candidate == sums.size()) {
                    sums.add(new GradientSum(parameters));
                }
                sums.get(candidate).put(from(slice.number()), slice.sums().get(candidate));
            }
            slowest = Math.max(slowest, slice.nanos());
        }
        // each slice comes from all nodes, so any slice has the complete list of works
        return new Reduced(sums, added.get(0).works(), slowest);
    }

    /** One slice of the sums over the whole tree, one sum for each candidate. */
    private record Slice(int number, List<GradientSum> sums, List<Work> works, long nanos) implements Serializable {}

    private record Cut(SlicedReduce reduce) implements PairFlatMapFunction<NodeSums, Integer, NodeSums> {
        @Override
        public Iterator<Tuple2<Integer, NodeSums>> call(NodeSums node) {
            return IntStream.range(0, reduce.slices)
                    .mapToObj(slice -> new Tuple2<>(slice, cut(node, slice)))
                    .iterator();
        }

        private NodeSums cut(NodeSums node, int slice) {
            return new NodeSums(
                    node.node(),
                    node.sums().stream()
                            .map(sum -> sum.slice(reduce.from(slice), reduce.from(slice + 1)))
                            .toList(),
                    node.work());
        }
    }

    private record AddUp(SlicedReduce reduce) implements FlatMapFunction<Iterator<Tuple2<Integer, NodeSums>>, Slice> {
        @Override
        public Iterator<Slice> call(Iterator<Tuple2<Integer, NodeSums>> cut) {
            int number = 0;
            List<NodeSums> nodes = new ArrayList<>();
            while (cut.hasNext()) {
                Tuple2<Integer, NodeSums> next = cut.next();
                number = next._1();
                nodes.add(next._2());
            }
            long start = System.nanoTime();
            List<GradientSum> sums = reduce.tree.combine(NodeSums.byNode(nodes));
            List<Work> works = nodes.stream().map(NodeSums::work).toList();
            return List.of(new Slice(number, sums, works, System.nanoTime() - start))
                    .iterator();
        }
    }

    /** Sends slice n to partition n. */
    private static final class BySlice extends Partitioner {
        private static final long serialVersionUID = 1;

        private final int slices;

        BySlice(int slices) {
            this.slices = slices;
        }

        @Override
        public int numPartitions() {
            return slices;
        }

        @Override
        public int getPartition(Object key) {
            return (Integer) key;
        }
    }
}
