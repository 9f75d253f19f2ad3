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
 * @param work what it took
 */
record NodeSums(Node node, List<GradientSum> sums, Work work) implements Serializable {

    /** Nanoseconds of a partition's task. */
    record Work(int partition, long nanos) implements Serializable {}

    /** In the form in which the tree takes them. A task that ran twice gave the same bits twice. */
    static Map<Node, List<GradientSum>> byNode(List<NodeSums> nodes) {
        Map<Node, List<GradientSum>> sums = new HashMap<>();
        nodes.forEach(node -> sums.put(node.node(), node.sums()));
        return sums;
    }
}
