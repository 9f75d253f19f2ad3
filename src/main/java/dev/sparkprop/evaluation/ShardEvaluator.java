package dev.sparkprop.evaluation;

import dev.sparkprop.data.Shard;
import dev.sparkprop.evaluation.ReductionTree.Node;
import dev.sparkprop.evaluation.ReductionTree.ShardSums;
import dev.sparkprop.kernel.Kernels;
import dev.sparkprop.network.Backpropagation;
import dev.sparkprop.network.GradientSum;
import dev.sparkprop.network.Topology;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Computes the sums of one shard after another for several candidates. Used by one thread at a time. It reuses its
 * workspaces and gradient sums, so that a gradient pass allocates only the sums that it returns.
 */
public final class ShardEvaluator {
    private final Topology topology;
    private final Kernels kernels;
    /** One workspace per candidate, so that parameters are loaded once per evaluation instead of once per shard. */
    private final List<Backpropagation> workspaces = new ArrayList<>();

    private final Deque<GradientSum> idle = new ArrayDeque<>();
    private int candidates;

    /** Creates an evaluator for networks of this shape. */
    public ShardEvaluator(Topology topology, Kernels kernels) {
        this.topology = topology;
        this.kernels = kernels;
    }

    /** Loads the candidates, whose arrays must not change until the next call. */
    public void load(List<float[]> parameters) {
        candidates = parameters.size();
        while (workspaces.size() < candidates) {
            workspaces.add(new Backpropagation(topology, kernels));
        }
        for (int candidate = 0; candidate < candidates; candidate++) {
            workspaces.get(candidate).load(parameters.get(candidate));
        }
    }

    /**
     * Returns the sums of one node of the reduction tree, one per loaded candidate. The list is empty if there are no
     * examples below the node. After a forward-only pass, the gradients are empty.
     *
     * @param shards returns the shards below the node; each is requested once, in ascending order
     */
    public List<GradientSum> sums(Node node, IntFunction<Shard> shards, Pass pass) {
        return ReductionTree.sum(node, new ShardSums() {
            @Override
            public List<GradientSum> of(int number) {
                Shard shard = shards.apply(number);
                if (shard.examples() == 0) {
                    return List.of();
                }
                return pass == Pass.GRADIENT ? gradients(shard) : losses(shard);
            }

            @Override
            public void recycle(List<GradientSum> merged) {
                if (pass == Pass.GRADIENT) {
                    merged.forEach(idle::push);
                }
            }
        });
    }

    private List<GradientSum> losses(Shard shard) {
        return workspaces.subList(0, candidates).stream()
                .map(workspace -> {
                    GradientSum sum = new GradientSum(0);
                    workspace.addLossTo(sum, shard);
                    return sum;
                })
                .toList();
    }

    private List<GradientSum> gradients(Shard shard) {
        List<GradientSum> sums = new ArrayList<>(candidates);
        for (int candidate = 0; candidate < candidates; candidate++) {
            GradientSum sum = idle.isEmpty() ? new GradientSum(topology.parameterCount()) : idle.pop();
            workspaces.get(candidate).addTo(sum, shard);
            sums.add(sum);
        }
        return sums;
    }
}
