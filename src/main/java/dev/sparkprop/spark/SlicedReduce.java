package dev.sparkprop.spark;

import dev.sparkprop.network.GradientSum;
import dev.sparkprop.network.Topology;
import dev.sparkprop.training.ReductionTree;
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

    /** The sums of the whole tree, one for each candidate. */
    List<GradientSum> reduce(JavaRDD<NodeSums> nodes) {
        JavaPairRDD<Integer, NodeSums> cut = nodes.flatMapToPair(new Cut(this));
        List<GradientSum> whole = new ArrayList<>();
        cut.partitionBy(new BySlice(slices))
                .mapPartitions(new AddUp(this))
                .collect()
                .forEach(slice -> {
                    for (int candidate = 0; candidate < slice.sums().size(); candidate++) {
                        if (candidate == whole.size()) {
                            whole.add(new GradientSum(parameters));
                        }
                        whole.get(candidate)
                                .put(from(slice.number()), slice.sums().get(candidate));
                    }
                });
        return whole;
    }

    /** One slice of the sums of the whole tree, one for each candidate. */
    private record Slice(int number, List<GradientSum> sums) implements Serializable {}

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
                            .toList());
        }
    }

    private record AddUp(SlicedReduce reduce) implements FlatMapFunction<Iterator<Tuple2<Integer, NodeSums>>, Slice> {
        @Override
        public Iterator<Slice> call(Iterator<Tuple2<Integer, NodeSums>> cut) {
            int[] number = new int[1];
            Iterator<NodeSums> nodes = new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return cut.hasNext();
                }

                @Override
                public NodeSums next() {
                    Tuple2<Integer, NodeSums> next = cut.next();
                    number[0] = next._1();
                    return next._2();
                }
            };
            List<GradientSum> sums = reduce.tree.combine(NodeSums.byNode(nodes));
            return List.of(new Slice(number[0], sums)).iterator();
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
