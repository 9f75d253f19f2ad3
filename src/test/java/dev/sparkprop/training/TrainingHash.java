package dev.sparkprop.training;

import dev.sparkprop.data.Sharding;
import dev.sparkprop.data.generated.RandomExamples;
import dev.sparkprop.data.generated.RandomExamples.Targets;
import dev.sparkprop.evaluation.LocalGradientSource;
import dev.sparkprop.kernel.Activation;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.kernel.Kernels;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.network.Topology;
import dev.sparkprop.network.WeightInitializer;
import dev.sparkprop.optimizer.BreezeLbfgs;
import dev.sparkprop.optimizer.Descent;
import dev.sparkprop.optimizer.Optimizer;
import dev.sparkprop.store.ParameterHash;
import java.util.List;
import java.util.OptionalInt;

/**
 * Trains several networks by gradient descent and by L-BFGS. Prints the name of the kernels and a hash of the final
 * parameters of each training.
 */
public final class TrainingHash {
    private TrainingHash() {}

    public static void main(String[] arguments) {
        Kernels kernels = KernelSelection.valueOf(arguments[0]).kernels();
        List<Topology> nets = List.of(
                RandomNets.sigmoid(2, 2, 1),
                RandomNets.sigmoid(2, 10, 10, 10, 1),
                RandomNets.of(Activation.TANH, Output.SIGMOID, 10, 64, 64, 3),
                RandomNets.of(Activation.RELU, Output.SOFTMAX, 50, 33, 47, 10),
                RandomNets.of(Activation.LEAKY_RELU, Output.SOFTMAX, 300, 100, 35, 7));
        StringBuilder hashes = new StringBuilder();
        for (Topology net : nets) {
            hashes.append(' ').append(ParameterHash.sha256(train(net, kernels, Descent.plain(0.5))));
            hashes.append(' ').append(ParameterHash.sha256(train(net, kernels, new BreezeLbfgs(5))));
        }
        System.out.println(kernels.name() + hashes);
    }

    private static double[] train(Topology net, Kernels kernels, Optimizer optimizer) {
        Targets targets = net.output() == Output.SOFTMAX ? Targets.ONE_OF : Targets.INDEPENDENT;
        RandomExamples data = new RandomExamples(net.inputs(), net.outputs(), targets, 1_100, 1);
        LocalGradientSource source = new LocalGradientSource(data, new Sharding(1_100, 1024), net, kernels);
        double[] initial = WeightInitializer.XAVIER.parameters(new ParameterLayout(net), 1, 1);
        return new Trainer(new Schedule(8, 8, 8, OptionalInt.of(1_000_000)), optimizer, iteration -> {})
                .train(new MeanObjective(source, net), Trainer.Start.of(initial), n -> n * 1_100)
                .parameters();
    }
}
