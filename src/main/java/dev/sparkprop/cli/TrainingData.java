package dev.sparkprop.cli;

import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.data.LearnedData;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.spark.FileExamples;
import dev.sparkprop.spark.ShardedDataset;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The data of a plan, generated or read.
 *
 * @param dataset of its examples, not packed yet
 * @param learned what a model of them has to know, if they are in files
 */
record TrainingData(ShardedDataset dataset, Optional<LearnedData> learned) implements AutoCloseable {

    /** Opens the data; what was found in files is told in lines. */
    static TrainingData open(TrainingPlan plan, JavaSparkContext context, Consumer<String> console) throws IOException {
        if (plan.data() instanceof TrainingPlan.Files files) {
            long start = System.nanoTime();
            FileExamples examples;
            try (ProgressLines lines = new ProgressLines("Reading", context, console)) {
                examples = FileExamples.survey(context, files.files());
            }
            tell(examples, (System.nanoTime() - start) / 1e9, console);
            Sharding sharding =
                    Sharding.of(examples.examples(), examples.bytesPerExample(), files.shardExamples(), plan.batch());
            return new TrainingData(examples.dataset(sharding, plan.partitions()), Optional.of(examples.learned()));
        }
        return new TrainingData(
                new ShardedDataset(context, plan.source(), plan.sharding(), plan.partitions()), Optional.empty());
    }

    @Override
    public void close() {
        dataset.close();
    }

    private static void tell(FileExamples examples, double seconds, Consumer<String> console) {
        console.accept(String.format(
                Locale.ROOT,
                "Read %s in %s in %.1f s%s",
                TrainingRun.count(examples.examples(), "example"),
                TrainingRun.count(examples.fileCount(), "file"),
                seconds,
                examples.classes().isEmpty() ? "" : ", classes " + String.join(", ", examples.classes())));
        if (examples.skipped() > 0) {
            console.accept(String.format(
                    Locale.ROOT, "Left out %,d bad rows (data.on-bad-row = skip), such as:", examples.skipped()));
            examples.skippedRows().forEach(row -> console.accept("  " + row));
        }
    }
}
