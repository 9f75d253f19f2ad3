package dev.sparkprop.config;

import dev.sparkprop.evaluation.Batches;
import dev.sparkprop.evaluation.LocalGradientSource;
import dev.sparkprop.training.MeanObjective;
import dev.sparkprop.training.Trainer;
import dev.sparkprop.training.TrainingListener;
import dev.sparkprop.training.TrainingResult;

/** Trains in this process without Spark. The result is bit-identical. */
public final class WithoutSpark {
    private WithoutSpark() {}

    /** Returns the result of training a plan with generated data from the given initial parameters. */
    public static TrainingResult train(TrainingPlan plan, double[] initial, TrainingListener listener) {
        TrainingPlan.Generated data = plan.generated().orElseThrow();
        LocalGradientSource source = new LocalGradientSource(
                data.source(), data.sharding(), plan.topology(), plan.kernels().kernels());
        Batches batches = plan.batches(source.examples());
        MeanObjective objective = new MeanObjective(source, plan.topology(), plan.penalty(), batches);
        return new Trainer(plan.schedule(), plan.optimizer(), listener)
                .train(objective, Trainer.Start.of(initial), batches::examplesIn);
    }
}
