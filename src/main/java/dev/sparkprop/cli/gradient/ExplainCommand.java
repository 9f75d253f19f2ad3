package dev.sparkprop.cli.gradient;

import dev.sparkprop.cli.options.ModelOptions;
import dev.sparkprop.cli.options.UsageException;
import dev.sparkprop.data.Example;
import dev.sparkprop.data.tables.LearnedData;
import dev.sparkprop.network.ChainRule;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.ParameterPlace;
import dev.sparkprop.network.ReferenceGradient;
import dev.sparkprop.network.Topology;
import dev.sparkprop.run.Gradients;
import dev.sparkprop.spark.SparkConnection;
import dev.sparkprop.store.Model;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "explain",
        description = {
            "Print the chain rule for one weight or bias of a trained model and one example, factor by factor.",
            "Compare the derivative with a central difference and with a Spark job that uses the training kernels."
        })
public final class ExplainCommand implements Callable<Integer> {
    /** A weight of the first layer with the name of its input. */
    private static final Pattern NAMED = Pattern.compile("(W1\\[\\d+,)(.+)]");

    @Mixin
    private ModelOptions model;

    @Mixin
    private GivenExample example;

    @Option(
            names = "--weight",
            paramLabel = "NAME",
            required = true,
            description =
                    "A weight such as W1[0,1] (to unit 0 of layer 1 from input 1) or a bias such as b1[0]; units are"
                            + " numbered from 0. Inputs may be named: W1[0,city=Paris].")
    private String weight;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also write the values of all units to this file as JSON.")
    private Path json;

    /** Returns the name of a parameter with the number of an input instead of its name. */
    private static String numbered(String parameter, List<String> features) {
        Matcher named = NAMED.matcher(parameter);
        int input = named.matches() ? features.indexOf(named.group(2)) : -1;
        return input < 0 ? parameter : named.group(1) + input + "]";
    }

    @Override
    public Integer call() throws Exception {
        Model loaded = model.read();
        Topology topology = loaded.topology();
        List<String> features = loaded.data().map(LearnedData::features).orElse(List.of());
        ParameterPlace place = ParameterPlace.parse(new ParameterLayout(topology), numbered(weight, features))
                .orElseThrow(() -> new UsageException("Invalid --weight: " + weight
                        + " (must be a weight such as W1[0,1] or a bias such as b1[0] of a " + topology + " network)"));
        Example given = example.of(loaded);
        Explanation explanation;
        try (SparkConnection spark = new SparkConnection("explain", ModelOptions.START_TIMEOUT)) {
            explanation = new Explanation(
                    example.toString(),
                    features,
                    loaded.data().flatMap(LearnedData::standardization).isPresent(),
                    given.targets(),
                    place,
                    ChainRule.of(topology, loaded.parameters(), given),
                    new ReferenceGradient(topology, loaded.parameters(), List.of(given)).difference(place.index()),
                    Gradients.ofExample(spark.context(), loaded, given)[place.index()],
                    spark.master());
        }
        System.out.print(ExplanationText.of(explanation));
        if (json != null) {
            Files.writeString(json, ExplanationJson.of(explanation));
        }
        return 0;
    }
}
