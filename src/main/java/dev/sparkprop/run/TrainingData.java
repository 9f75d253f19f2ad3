package dev.sparkprop.run;

import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.data.tables.LearnedData;
import dev.sparkprop.spark.dataset.ShardedDataset;
import dev.sparkprop.spark.packing.FileExamples;
import dev.sparkprop.text.Words;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The data of a plan, generated or read from files.
 *
 * @param dataset the training examples, not packed yet
 * @param validation the validation examples, not packed yet, if there are any
 * @param learned the properties of the files that a model needs, if the examples are in files
 * @param classWeights the factors in the weights of the examples, one per class; empty if all are 1
 * @param version what identifies the version of the table that was read, if it has any
 */
record TrainingData(
        ShardedDataset dataset,
        Optional<ShardedDataset> validation,
        Optional<LearnedData> learned,
        List<Double> classWeights,
        Optional<String> version)
        implements AutoCloseable {

    /** Opens the data. Prints the results of reading files. */
    static TrainingData open(TrainingPlan plan, JavaSparkContext context, Console console) throws IOException {
        if (plan.data() instanceof TrainingPlan.Files files) {
            return ProgressLines.during(
                    "Reading", context, console::progress, () -> read(files, plan, context, console));
        }
        TrainingPlan.Generated generated = plan.generated().orElseThrow();
        return new TrainingData(
                new ShardedDataset(context, generated.source(), generated.sharding(), plan.partitions()),
                generated
                        .heldOut()
                        .map(source -> new ShardedDataset(context, source, Sharding.of(source), plan.partitions())),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    private static TrainingData read(
            TrainingPlan.Files files, TrainingPlan plan, JavaSparkContext context, Console console) throws IOException {
        TrainingPlan.ValidationSettings settings = plan.validation();
        long start = System.nanoTime();
        FileExamples examples = FileExamples.survey(context, files.files(), settings.fraction(), plan.seed());
        printSummary(examples, "", start, console);
        if (!files.files().classWeights().isNone()) {
            console.line(classWeights(examples));
        }
        Optional<FileExamples> validation = Optional.empty();
        if (settings.fraction() > 0) {
            validation = Optional.of(examples.heldOut());
        } else if (!settings.paths().isEmpty()) {
            long validationStart = System.nanoTime();
            validation = Optional.of(examples.surveyOther(settings.paths()));
            printSummary(validation.get(), " for validation", validationStart, console);
        }
        return new TrainingData(
                dataset(examples, files, plan, plan.batch()),
                validation.map(validationExamples -> dataset(validationExamples, files, plan, OptionalInt.empty())),
                Optional.of(examples.learned()),
                files.files().classWeights().isNone()
                        ? List.of()
                        : Arrays.stream(examples.classWeights()).boxed().toList(),
                examples.version());
    }

    private static ShardedDataset dataset(
            FileExamples examples, TrainingPlan.Files files, TrainingPlan plan, OptionalInt batch) {
        Sharding sharding = Sharding.of(examples.examples(), examples.bytesPerExample(), files.shardExamples(), batch);
        return examples.dataset(sharding, plan.partitions());
    }

    /** Returns a plan with the number of inputs that the examples have. */
    TrainingPlan resolve(TrainingPlan plan) {
        return learned.map(data -> plan.withInputs(data.encodings().width())).orElse(plan);
    }

    /** Returns the fingerprint of all examples, including the validation examples. */
    String fingerprint() {
        return dataset.fingerprint()
                + validation.map(examples -> " " + examples.fingerprint()).orElse("");
    }

    /** Returns the number of shards that have been packed again so far. */
    long repacked() {
        return dataset.repacked() + validation.map(ShardedDataset::repacked).orElse(0L);
    }

    @Override
    public void close() {
        dataset.close();
        validation.ifPresent(ShardedDataset::close);
    }

    private static String classWeights(FileExamples examples) {
        double[] weights = examples.classWeights();
        return "Class weights: "
                + IntStream.range(0, weights.length)
                        .mapToObj(c -> String.format(
                                Locale.ROOT, "%s %.4g", examples.classes().get(c), weights[c]))
                        .collect(Collectors.joining(", "))
                + "; costs and accuracies of iterations are weighted by them";
    }

    private static void printSummary(FileExamples examples, String purpose, long start, Console console) {
        console.line(String.format(
                Locale.ROOT,
                "Read %s%s from %s%s in %.1f s%s",
                Words.count(examples.allExamples(), "example"),
                purpose,
                examples.origin(),
                examples.version().map(version -> ", " + version + ",").orElse(""),
                (System.nanoTime() - start) / 1e9,
                examples.classes().isEmpty() ? "" : "; classes: " + String.join(", ", examples.classes())));
        examples.notes().forEach(console::warning);
        if (examples.skippedForMissing() > 0) {
            console.warning(String.format(
                    Locale.ROOT,
                    "Skipped %s with missing values (data.missing = skip)",
                    Words.count(examples.skippedForMissing(), "row")));
        }
        if (examples.skipped() > 0) {
            console.warning(String.format(
                    Locale.ROOT, "Skipped %,d bad rows (data.on-bad-row = skip), such as:", examples.skipped()));
            examples.skippedRows().forEach(row -> console.warning("  " + row));
        }
    }
}
