package dev.sparkprop.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkprop.data.Sharding;
import dev.sparkprop.evaluation.ReductionTree.Node;
import dev.sparkprop.kernel.ScalarKernels;
import dev.sparkprop.network.GradientSum;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.network.Topology;
import dev.sparkprop.optimizer.CostAndGradient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReductionTreeTest {
    @Test
    void anyGroupingOfShardsGivesTheSameBits() {
        Random random = new Random(5);
        for (int shards : new int[] {1, 2, 3, 7, 8, 61, 100}) {
            ReductionTree tree = new ReductionTree(shards);
            double[] values = random.doubles(shards)
                    .map(v -> v * Math.pow(10, random.nextInt(9)))
                    .toArray();
            double expected = ReductionTree.sum(tree.root(), shard -> sums(values[shard]))
                    .get(0)
                    .gradient()[0];
            for (int partitions = 1; partitions <= shards + 3; partitions++) {
                assertThat(grouped(tree, values, partitions))
                        .as("%d of %d", partitions, shards)
                        .isEqualTo(expected);
            }
        }
    }

    private static double grouped(ReductionTree tree, double[] values, int partitions) {
        Map<Node, List<GradientSum>> nodes = new HashMap<>();
        for (int p = 0; p < partitions; p++) {
            int from = p * tree.shards() / partitions;
            int until = (p + 1) * tree.shards() / partitions;
            for (Node node : tree.cover(from, until)) {
                nodes.put(node, ReductionTree.sum(node, shard -> sums(values[shard])));
            }
        }
        return tree.combine(nodes).get(0).gradient()[0];
    }

    /** Verifies that the order of the additions matters. Otherwise the test above would prove nothing. */
    @Test
    void anotherOrderGivesDifferentBits() {
        double[] values = new Random(5).doubles(100).toArray();
        double inOrder = 0;
        for (double value : values) {
            inOrder += value;
        }
        double inTree = ReductionTree.sum(new ReductionTree(100).root(), shard -> sums(values[shard]))
                .get(0)
                .gradient()[0];
        assertThat(inTree).isNotEqualTo(inOrder);
    }

    private static List<GradientSum> sums(double value) {
        GradientSum sum = new GradientSum(1);
        sum.gradient()[0] = value;
        return new ArrayList<>(List.of(sum));
    }

    @Test
    void coversARangeWithFewNodesInOrder() {
        ReductionTree tree = new ReductionTree(8);
        assertThat(tree.cover(0, 8)).containsExactly(new Node(0, 8));
        assertThat(tree.cover(1, 7)).containsExactly(new Node(1, 2), new Node(2, 4), new Node(4, 6), new Node(6, 7));
        assertThat(tree.cover(3, 3)).isEmpty();
        assertThat(new ReductionTree(1 << 20).cover(1, (1 << 20) - 1)).hasSize(38);
    }

    @Test
    void rejectsAMissingShard() {
        assertThatThrownBy(() -> new ReductionTree(2).combine(Map.of(new Node(0, 1), sums(1))))
                .hasMessage("No sum for shard 1");
    }

    @Test
    void candidatesShareAPassAndKeepTheirOrder() {
        Topology topology = RandomNets.sigmoid(3, 4, 1);
        RandomNets.Rows rows = RandomNets.Rows.random(topology, 700, 1);
        LocalGradientSource source =
                new LocalGradientSource(rows, new Sharding(700, 256), topology, new ScalarKernels());
        float[] first = RandomNets.rounded(RandomNets.parameters(topology, 1));
        float[] second = RandomNets.rounded(RandomNets.parameters(topology, 2));
        Batch allExamples = Batch.all(700);
        List<CostAndGradient> together = source.evaluate(Request.gradients(List.of(first, second), allExamples));
        assertThat(together).hasSize(2);
        SameBits.assertSameBits(
                together.subList(0, 1), source.evaluate(Request.gradients(List.of(first), allExamples)));
        SameBits.assertSameBits(
                together.subList(1, 2), source.evaluate(Request.gradients(List.of(second), allExamples)));
    }
}
