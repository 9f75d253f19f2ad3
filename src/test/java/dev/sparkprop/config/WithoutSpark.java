package dev.sparkprop.config;

import dev.sparkprop.evaluation.Batches;
import dev.sparkprop.evaluation.LocalGradientSource;
import dev.sparkprop.training.MeanObjective;
import dev.sparkprop.training.Trainer;
import dev.sparkprop.training.TrainingListener;
import dev.sparkprop.training.TrainingResult;

/** Trains in this process without Spark, which gives the same bits. */
public final class WithoutSpark {
    private WithoutSpark() {}

    /** The result of a plan with generated data, from these parameters on. */
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
