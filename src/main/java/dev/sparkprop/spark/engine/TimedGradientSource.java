package dev.sparkprop.spark.engine;

import dev.sparkprop.evaluation.GradientSource;
import dev.sparkprop.evaluation.Request;
import dev.sparkprop.optimizer.CostAndGradient;
import dev.sparkprop.training.Ledger;
import dev.sparkprop.training.Ledger.Phase;
import java.util.List;

/**
 * Records the part of an evaluation's time that is not recorded elsewhere: Spark's time for starting tasks and
 * transferring data.
 */
record TimedGradientSource(GradientSource source, Ledger ledger) implements GradientSource {
    @Override
    public long examples() {
        return source.examples();
    }

    @Override
    public List<CostAndGradient> evaluate(Request request) {
        return ledger.time(Phase.SCHEDULE, () -> source.evaluate(request));
    }
}
