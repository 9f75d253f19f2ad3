package dev.sparkprop.spark.engine;

import dev.sparkprop.evaluation.ReductionTree.Node;
import dev.sparkprop.network.GradientSum;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sums of one node of the reduction tree, one for each candidate.
 *
 * @param work the work that computed the sums
 */
record NodeSums(Node node, List<GradientSum> sums, Work work) implements Serializable {

    /** The time in nanoseconds that a task spent on a node. */
    record Work(int task, long nanos) implements Serializable {}

    /**
     * Converts the sums to the form that the reduction tree expects. If a task ran twice, its sums are bit-identical,
     * so either may be used.
     */
    static Map<Node, List<GradientSum>> byNode(List<NodeSums> nodes) {
        Map<Node, List<GradientSum>> sums = new HashMap<>();
        nodes.forEach(node -> sums.put(node.node(), node.sums()));
        return sums;
    }
}
