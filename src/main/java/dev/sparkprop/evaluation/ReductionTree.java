package dev.sparkprop.evaluation;

import dev.sparkprop.network.GradientSum;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The fixed order in which the sums of shards are added: a binary tree over shard numbers, in which each node adds
 * its two halves. Floating-point addition is not associative. The order of arrival is irrelevant here, so the bits of
 * a sum are the same for any grouping of shards into partitions.
 *
 * <p>Each element is a list with one sum per candidate. An empty list means no examples and is skipped. Adding zeros
 * instead would turn −0 into +0, and would take as long as any other addition.
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
     * A node, identified by the shards below it.
     *
     * @param from first shard
     * @param until shard after the last
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

    /** Returns the node over all shards. */
    public Node root() {
        return new Node(0, shards);
    }

    /**
     * Returns the smallest set of nodes that covers a range of shards exactly, in order: at most twice the depth
     * of the tree.
     */
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

    /** Returns the sums of a node, given those of its shards, which are requested once each in ascending order. */
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

    /** Provides the sums of shards. */
    @FunctionalInterface
    public interface ShardSums {
        /** Returns the sums of one shard. Ownership passes to the tree. */
        List<GradientSum> of(int shard);

        /** Receives sums that were merged into others. They have been reset to zero and can be reused. */
        default void recycle(List<GradientSum> sums) {}
    }

    /** Returns the sums of the whole tree, given those of nodes that together cover it. */
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
