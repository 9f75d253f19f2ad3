package dev.sparkprop.cli;

import dev.sparkprop.data.Example;
import dev.sparkprop.data.LearnedData;
import dev.sparkprop.data.ListedExamples;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.network.ChainRule;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.ParameterPlace;
import dev.sparkprop.network.ReferenceGradient;
import dev.sparkprop.network.Topology;
import dev.sparkprop.spark.ShardedDataset;
import dev.sparkprop.spark.SparkGradientSource;
import dev.sparkprop.spark.SparkRun;
import dev.sparkprop.store.Model;
import dev.sparkprop.training.MeanObjective;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "explain",
        description = {
            "Shows the chain rule at work: the derivative of one example's loss by one weight or bias of a trained model, factor by"
                    + " factor.",
            "Beside it stand the central difference, and what a Spark job with the kernels of training comes to."
        })
final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private ModelData model;

    @Mixin
    private GivenExample example;

    @Option(
            names = "--weight",
            paramLabel = "NAME",
            required = true,
            description =
                    "A weight such as W1[0,1], to unit 0 of layer 1 from input 1, or a bias such as b1[0]; numbers of"
                            + " units begin at 0.")
    private String weight;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the same as JSON to this file, of all units.")
    private Path json;

    @Override
    public Integer call() throws Exception {
        Model loaded = model.read();
        Topology topology = loaded.topology();
        ParameterPlace place = ParameterPlace.parse(new ParameterLayout(topology), weight)
                .orElseThrow(() -> new UsageException("Invalid --weight: " + weight
                        + " (must be a weight such as W1[0,1] or a bias such as b1[0] of a " + topology + " net)"));
        Example given = example.of(loaded);
        Explanation explanation;
        try (SparkRun spark = new SparkRun("explain", ModelData.START_TIMEOUT)) {
            explanation = new Explanation(
                    example.toString(),
                    loaded.data().flatMap(LearnedData::standardization).isPresent(),
                    given.targets(),
                    place,
                    ChainRule.of(topology, loaded.parameters(), given),
                    new ReferenceGradient(topology, loaded.parameters(), List.of(given)).difference(place.index()),
                    gradient(spark.context(), loaded, given)[place.index()],
                    spark.master());
        }
        System.out.print(ExplanationText.of(explanation));
        if (json != null) {
            Files.writeString(json, ExplanationJson.of(explanation));
        }
        return 0;
    }

    /** The gradient as a training would compute it if this example were all its data. */
    static double[] gradient(JavaSparkContext context, Model model, Example example) {
        ListedExamples source = new ListedExamples(List.of(example));
        try (ShardedDataset dataset = new ShardedDataset(context, source, Sharding.of(source), OptionalInt.empty())) {
            SparkGradientSource sums =
                    new SparkGradientSource(context, dataset, model.topology(), KernelSelection.AUTO);
            return new MeanObjective(sums, model.topology())
                    .evaluate(model.parameters(), 0)
                    .gradient();
        }
    }
}
