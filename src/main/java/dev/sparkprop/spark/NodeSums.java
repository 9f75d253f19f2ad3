package dev.sparkprop.spark;

import dev.sparkprop.network.GradientSum;
import dev.sparkprop.training.ReductionTree.Node;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The sums of one node of the reduction tree, one for each candidate. */
record NodeSums(Node node, List<GradientSum> sums) implements Serializable {

    /** In the form in which the tree takes them. A task that ran twice gave the same bits twice. */
    static Map<Node, List<GradientSum>> byNode(Iterator<NodeSums> nodes) {
        Map<Node, List<GradientSum>> sums = new HashMap<>();
        nodes.forEachRemaining(node -> sums.put(node.node(), node.sums()));
        return sums;
    }
}
