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
 * Adds the nodes of the reduction tree up on the executors: each node's sums are cut into slices, a shuffle brings the slices
 * of one number together, and the driver receives one model's worth of sums instead of one for each node. Element by element
 * the additions are those of the tree, so the bits are the same.
 *
 * @param tree over all shards
 * @param parameters in each sum
 * @param slices number of them
 */
record SlicedReduce(ReductionTree tree, int parameters, int slices) implements Serializable {

    /** Whether the sums of all nodes together exceed a number of bytes. */
    static boolean pays(ShardPartitioning partitioning, Topology topology, int candidates, long directBytes) {
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
     * The whole tree.
     *
     * @param sums one for each candidate
     * @param works what the nodes took
     * @param nanos what adding them up took, in the slowest task
     */
    record Reduced(List<GradientSum> sums, List<Work> works, long nanos) {}

    /** Adds all nodes up. */
    Reduced reduce(JavaRDD<NodeSums> nodes) {
        JavaPairRDD<Integer, NodeSums> cut = nodes.flatMapToPair(new Cut(this));
        List<Slice> added = cut.partitionBy(new BySlice(slices))
                .mapPartitions(new AddUp(this))
                .collect();
        List<GradientSum> whole = new ArrayList<>();
        long slowest = 0;
        for (Slice slice : added) {
            for (int candidate = 0; candidate < slice.sums().size(); candidate++) {
                if (candidate == whole.size()) {
                    whole.add(new GradientSum(parameters));
                }
                whole.get(candidate).put(from(slice.number()), slice.sums().get(candidate));
            }
            slowest = Math.max(slowest, slice.nanos());
        }
        // each slice is of all nodes
        return new Reduced(whole, added.get(0).works(), slowest);
    }

    /** One slice of the sums of the whole tree, one for each candidate. */
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

    /** Slice n goes to partition n. */
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
