package dev.sparkprop.training;

import dev.sparkprop.data.Shard;
import dev.sparkprop.kernel.Kernels;
import dev.sparkprop.network.Backpropagation;
import dev.sparkprop.network.GradientSum;
import dev.sparkprop.network.Topology;
import dev.sparkprop.training.ReductionTree.Node;
import dev.sparkprop.training.ReductionTree.ShardSums;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The sums of one shard after another, at several candidate parameters. Belongs to one thread at a time, and keeps what it
 * allocated: nothing is allocated for a shard but the sums that leave it for good.
 */
public final class ShardEvaluator {
    private final Topology topology;
    private final Kernels kernels;
    /** A workspace for each candidate, so that parameters are loaded once an evaluation and not once a shard. */
    private final List<Backpropagation> workspaces = new ArrayList<>();

    private final Deque<GradientSum> idle = new ArrayDeque<>();
    private int candidates;

    /** For nets of this shape. */
    public ShardEvaluator(Topology topology, Kernels kernels) {
        this.topology = topology;
        this.kernels = kernels;
    }

    /** Takes the candidates, whose arrays must not change until the next call. */
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
     * The sums of one node of the tree, one for each loaded candidate; none if there is no example below it.
     *
     * @param shards gives the shards below the node, asked for once each in ascending order
     */
    public List<GradientSum> sum(Node node, IntFunction<Shard> shards) {
        return ReductionTree.sum(node, new ShardSums() {
            @Override
            public List<GradientSum> of(int number) {
                return gradients(shards.apply(number));
            }

            @Override
            public void recycle(List<GradientSum> merged) {
                merged.forEach(idle::push);
            }
        });
    }

    /** The same sums of a forward pass alone, without those of the gradient. */
    public List<GradientSum> losses(Node node, IntFunction<Shard> shards) {
        return ReductionTree.sum(node, number -> {
            Shard shard = shards.apply(number);
            return workspaces.subList(0, candidates).stream()
                    .map(workspace -> {
                        GradientSum sum = new GradientSum(0);
                        workspace.addLossTo(sum, shard);
                        return sum;
                    })
                    .toList();
        });
    }

    private List<GradientSum> gradients(Shard shard) {
        if (shard.examples() == 0) {
            return List.of();
        }
        List<GradientSum> sums = new ArrayList<>(candidates);
        for (int candidate = 0; candidate < candidates; candidate++) {
            GradientSum sum = idle.isEmpty() ? new GradientSum(topology.parameterCount()) : idle.pop();
            workspaces.get(candidate).addTo(sum, shard);
            sums.add(sum);
        }
        return sums;
    }
}
