package dev.sparkprop.spark.engine;

import dev.sparkprop.evaluation.GradientSource;
import dev.sparkprop.evaluation.Request;
import dev.sparkprop.optimizer.CostAndGradient;
import dev.sparkprop.spark.dataset.ShardPartitioning;
import dev.sparkprop.spark.dataset.TaskFailures;
import java.util.List;

/** Translates Spark's failures into messages that state which shards failed, where and why. */
record ExplainedGradientSource(GradientSource source, ShardPartitioning partitioning) implements GradientSource {
    @Override
    public long examples() {
        return source.examples();
    }

    @Override
    public List<CostAndGradient> evaluate(Request request) {
        try {
            return source.evaluate(request);
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare
            throw TaskFailures.of(e, partitioning);
        }
    }
}
