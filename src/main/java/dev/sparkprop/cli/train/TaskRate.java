package dev.sparkprop.cli.train;

import dev.sparkprop.benchmark.KernelRate;
import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.data.Tile;
import dev.sparkprop.run.RunOutcome;
import dev.sparkprop.training.Ledger.Phase;
import java.time.Duration;

/** How fast the tasks of a run would compute if they had enough to do. */
final class TaskRate {
    /** Milliseconds of computation from which on a task's other work hardly counts. */
    private static final double LONG_COMPUTE = 20;

    private static final long MEASURED_EXAMPLES = 1 << 16;

    private TaskRate() {}

    /**
     * Examples per millisecond on all cores of the run: as seen in it, or if its tasks computed for a short time only, as measured now,
     * which takes 0.2 s. The larger of the two, since a process that has not computed before measures much less than its cores can do.
     */
    static double of(TrainingPlan plan, RunOutcome.Finished run) {
        double compute = run.times().milliseconds().get(Phase.COMPUTE);
        double seen = compute > 0 ? TimesText.examplesPerEvaluation(run.result()) / compute : 0;
        if (compute >= LONG_COMPUTE) {
            return seen;
        }
        KernelRate rate = KernelRate.measure(
                plan.topology(), plan.kernels().kernels(), MEASURED_EXAMPLES, Duration.ofMillis(200));
        return Math.max(seen, Tile.EXAMPLES * run.slots() / (1e3 * rate.secondsPerTile()));
    }
}
