package dev.sparkprop.training;

import dev.sparkprop.data.Shard;
import dev.sparkprop.kernel.Kernels;
import dev.sparkprop.network.Backpropagation;
import dev.sparkprop.network.GradientSum;
import dev.sparkprop.network.Topology;
import java.util.ArrayList;
import java.util.List;

/** The sums of one shard after another, at several candidate parameters. Belongs to one thread. */
public final class ShardEvaluator {
    private final Topology topology;
    private final Kernels kernels;
    /** A workspace for each candidate, so that parameters are loaded once an evaluation and not once a shard. */
    private final List<Backpropagation> workspaces = new ArrayList<>();

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

    /** Sums over one shard, one for each loaded candidate. */
    public List<GradientSum> sums(Shard shard) {
        List<GradientSum> sums = new ArrayList<>(candidates);
        for (int candidate = 0; candidate < candidates; candidate++) {
            sums.add(workspaces.get(candidate).sum(shard));
        }
        return sums;
    }
}
