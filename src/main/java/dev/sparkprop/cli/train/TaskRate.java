package dev.sparkprop.cli.train;

import dev.sparkprop.benchmark.KernelRate;
import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.data.Tile;
import dev.sparkprop.run.RunOutcome;
import dev.sparkprop.training.Ledger.Phase;
import java.time.Duration;

/** The rate at which a run's tasks compute when they have enough to do. */
final class TaskRate {
    /** Computation time per evaluation, in milliseconds, above which the other work of a task is negligible. */
    private static final double LONG_COMPUTE = 20;

    private static final long MEASURED_EXAMPLES = 1 << 16;

    private TaskRate() {}

    /**
     * Returns the number of examples per millisecond on all cores of the run. This is the rate observed in the run.
     * If its tasks computed only briefly, it is the larger of that rate and a measurement, which takes 0.2 s. The
     * measurement alone could be far too low, because a process computes slowly at first.
     */
    static double of(TrainingPlan plan, RunOutcome.Finished run) {
        double compute = run.times().milliseconds().get(Phase.COMPUTE);
        double measuredRate = compute > 0 ? TimesText.examplesPerEvaluation(run.result()) / compute : 0;
        if (compute >= LONG_COMPUTE) {
            return measuredRate;
        }
        KernelRate rate = KernelRate.measure(
                run.model().topology(), plan.kernels().kernels(), MEASURED_EXAMPLES, Duration.ofMillis(200));
        return Math.max(measuredRate, Tile.EXAMPLES * run.slots() / (1e3 * rate.secondsPerTile()));
    }
}
