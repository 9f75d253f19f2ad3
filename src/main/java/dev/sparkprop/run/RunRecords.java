package dev.sparkprop.run;

import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.evaluation.Batches;
import dev.sparkprop.spark.SparkConnection;
import dev.sparkprop.spark.dataset.ShardedDataset;
import dev.sparkprop.store.Checkpoint;
import dev.sparkprop.store.ParameterHash;
import dev.sparkprop.store.RunRecord;
import dev.sparkprop.text.ConstantName;
import dev.sparkprop.training.Ledger;
import dev.sparkprop.training.TrainingResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Creates the records of runs. */
final class RunRecords {
    private RunRecords() {}

    /** Returns the record of a run at its start. */
    static RunRecord started(
            TrainingPlan plan,
            Instant started,
            SparkConnection spark,
            TrainingData data,
            Optional<Checkpoint> resumed) {
        ShardedDataset dataset = data.dataset();
        TreeMap<String, String> versions = new TreeMap<>();
        versions.put("sparkprop", Version.current());
        versions.put("spark", spark.version());
        versions.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        versions.put(
                "os",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        return new RunRecord(
                plan.name(),
                "running",
                started.toString(),
                plan.effective(),
                plan.seed(),
                versions,
                new RunRecord.Kernels(plan.kernels().kernels().name(), spark.executorKernels(plan.kernels())),
                new RunRecord.Data(
                        plan.sourceName(),
                        data.version().orElse(null),
                        dataset.sharding().examples(),
                        dataset.sharding().shards(),
                        dataset.sharding().shardExamples(),
                        data.validation()
                                .map(validation -> validation.sharding().examples())
                                .orElse(null),
                        null),
                new RunRecord.Cluster(spark.master(), spark.applicationId(), spark.slots(), dataset.partitions()),
                resumed.map(Checkpoint::iteration).orElse(null),
                null,
                null,
                List.of());
    }

    /** Returns the result of a training run. */
    static RunRecord.Result end(TrainingResult result, Batches batches, Ledger.Times times) {
        return new RunRecord.Result(
                result.iterations(),
                result.evaluations(),
                ConstantName.of(result.reason()),
                result.cost(),
                RunRecord.numberOrNull(result.accuracy()),
                new RunRecord.Best(result.best().iteration(), result.best().cost()),
                result.seconds(),
                batches.examplesIn(result.evaluations()) / result.seconds(),
                1e3 * result.seconds() / (result.iterations() + 1),
                RunRecord.milliseconds(times),
                RunRecord.Tasks.of(times),
                ParameterHash.sha256(result.parameters()));
    }
}
