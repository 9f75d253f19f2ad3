package dev.sparkprop.benchmark;

import dev.sparkprop.data.Shard;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.data.generated.RandomExamples;
import dev.sparkprop.data.generated.RandomExamples.Targets;
import dev.sparkprop.kernel.Activation;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.network.Backpropagation;
import dev.sparkprop.network.GradientSum;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.network.Topology;
import dev.sparkprop.network.WeightInitializer;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The forward and backward pass over one shard: the work of a task, without Spark. One operation is one shard. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PassBenchmark {
    /** Total size of the shards: too large for any cache, as in a real pass over a dataset. */
    private static final long BYTES = 256 << 20;

    @Param({"2-2-1", "2-10-10-10-1", "10-64-64-1", "784-10-10-10", "784-256-128-10", "784-1024-1024-10"})
    public String net;

    @Param({"SCALAR", "VECTOR"})
    public KernelSelection kernels;

    private Backpropagation backpropagation;
    private GradientSum sum;
    private Shard[] shards;
    private int next;

    /** Returns the topology for a name such as {@code 2-2-1}, with one sigmoid output or several softmax outputs. */
    static Topology topology(String net) {
        Integer[] widths = Stream.of(net.split("-")).map(Integer::valueOf).toArray(Integer[]::new);
        Output output = widths[widths.length - 1] == 1 ? Output.SIGMOID : Output.SOFTMAX;
        return RandomNets.of(Activation.SIGMOID, output, widths);
    }

    /** Returns random examples for a network, enough for the given number of shards of the default size. */
    private static RandomExamples examples(Topology topology, long shards) {
        Targets targets = topology.output() == Output.SOFTMAX ? Targets.ONE_OF : Targets.INDEPENDENT;
        RandomExamples one = new RandomExamples(topology.inputs(), topology.outputs(), targets, 1, 1);
        long count = shards * Sharding.of(one).shardExamples();
        return new RandomExamples(topology.inputs(), topology.outputs(), targets, count, 1);
    }

    /** Returns the number of examples per operation. */
    static int examplesPerOperation(String net) {
        return Sharding.of(examples(topology(net), 1)).shardExamples();
    }

    /** Returns the floating-point operations per example, two for each multiply-add. */
    static double operationsPerExample(String net) {
        return 2.0 * topology(net).multiplyAdds();
    }

    @Setup
    public void pack() {
        Topology topology = topology(net);
        RandomExamples one = examples(topology, 1);
        RandomExamples source = examples(topology, BYTES / (one.bytesPerExample() * one.examples()));
        Sharding sharding = Sharding.of(source);
        shards = new Shard[sharding.shards()];
        for (int number = 0; number < shards.length; number++) {
            shards[number] = Shard.pack(source, sharding, number);
        }
        backpropagation = new Backpropagation(topology, kernels.kernels());
        double[] parameters = WeightInitializer.XAVIER.parameters(new ParameterLayout(topology), 1, 1);
        backpropagation.load(ParameterLayout.toFloat32(parameters));
        sum = new GradientSum(topology.parameterCount());
    }

    @Benchmark
    public double pass() {
        backpropagation.addTo(sum, shards[next]);
        next = (next + 1) % shards.length;
        return sum.loss();
    }
}
