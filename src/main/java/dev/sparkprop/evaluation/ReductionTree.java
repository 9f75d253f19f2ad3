package dev.sparkprop.evaluation;

import dev.sparkprop.network.GradientSum;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The one order in which the sums of shards are added: a binary tree over shard numbers, each node adding its two halves.
 * Floating-point addition is not associative, so it is this order, not that of arrival, which makes the bits of a sum the
 * same for any grouping of shards into partitions. Each element is a list, one sum for each candidate; an empty list stands for no
 * example, and is nothing to add: not even zeros, which would make +0 of −0, and take as long as any other sum.
 *
 * @param shards number of leaves, at least 1
 */
public record ReductionTree(int shards) implements Serializable {

    public ReductionTree {
        if (shards < 1) {
            throw new IllegalArgumentException("Invalid shards: " + shards + " (must be at least 1)");
        }
    }

    /**
     * A node, named by the shards below it.
     *
     * @param from first shard
     * @param until the shard after the last
     */
    public record Node(int from, int until) implements Serializable {
        private int middle() {
            return (from + until) >>> 1;
        }

        private Node left() {
            return new Node(from, middle());
        }

        private Node right() {
            return new Node(middle(), until);
        }

        private boolean leaf() {
            return until - from == 1;
        }
    }

    /** The node over all shards. */
    public Node root() {
        return new Node(0, shards);
    }

    /** The fewest nodes that cover a run of shards exactly: at most twice the depth of the tree, in order. */
    public List<Node> cover(int from, int until) {
        List<Node> nodes = new ArrayList<>();
        cover(root(), from, until, nodes);
        return nodes;
    }

    private static void cover(Node node, int from, int until, List<Node> nodes) {
        if (node.from >= until || node.until <= from) {
            return;
        }
        if (node.from >= from && node.until <= until) {
            nodes.add(node);
            return;
        }
        cover(node.left(), from, until, nodes);
        cover(node.right(), from, until, nodes);
    }

    /** The sums of a node from those of its shards, asked for once each in ascending order. */
    public static List<GradientSum> sum(Node node, ShardSums shardSums) {
        if (node.leaf()) {
            return shardSums.of(node.from);
        }
        List<GradientSum> left = sum(node.left(), shardSums);
        List<GradientSum> right = sum(node.right(), shardSums);
        List<GradientSum> merged = merge(left, right);
        if (merged == left) {
            shardSums.recycle(right);
        }
        return merged;
    }

    /** Where the sums of shards come from. */
    @FunctionalInterface
    public interface ShardSums {
        /** The sums of one shard, which the tree then owns. */
        List<GradientSum> of(int shard);

        /** Takes back sums of no examples, which were added to others and are of no more use to the tree. */
        default void recycle(List<GradientSum> sums) {}
    }

    /** The sums of the whole tree from those of nodes that together cover it. */
    public List<GradientSum> combine(Map<Node, List<GradientSum>> nodes) {
        return combine(root(), nodes);
    }

    private static List<GradientSum> combine(Node node, Map<Node, List<GradientSum>> nodes) {
        List<GradientSum> known = nodes.get(node);
        if (known != null) {
            return known;
        }
        if (node.leaf()) {
            throw new IllegalArgumentException("No sum for shard " + node.from);
        }
        return merge(combine(node.left(), nodes), combine(node.right(), nodes));
    }

    private static List<GradientSum> merge(List<GradientSum> left, List<GradientSum> right) {
        if (left.isEmpty()) {
            return right;
        }
        for (int candidate = 0; candidate < right.size(); candidate++) {
            left.get(candidate).absorb(right.get(candidate));
        }
        return left;
    }
}
