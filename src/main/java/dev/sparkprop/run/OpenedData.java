package dev.sparkprop.run;

import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.spark.SparkConnection;
import java.io.IOException;

/** Opens the Spark connection and the data of a run when they are first needed, and closes them at its end. */
final class OpenedData implements AutoCloseable {
    private final RunObserver observer;
    private SparkConnection spark;
    private TrainingData data;

    /** What has been opened. */
    record Parts(SparkConnection spark, TrainingData data) {}

    OpenedData(RunObserver observer) {
        this.observer = observer;
    }

    /** Returns the connection and the data of a plan. */
    Parts of(TrainingPlan plan) throws IOException {
        if (spark == null) {
            spark = new SparkConnection(plan.name(), plan.startTimeout());
        }
        if (data == null) {
            data = TrainingData.open(plan, spark.context(), observer);
        }
        return new Parts(spark, data);
    }

    @Override
    public void close() {
        try (SparkConnection connection = spark;
                TrainingData opened = data) {
            spark = null;
            data = null;
        }
    }
}
