package dev.sparkprop.spark.engine;

import dev.sparkprop.evaluation.GradientSource;
import dev.sparkprop.evaluation.Request;
import dev.sparkprop.optimizer.CostAndGradient;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Uses resident tasks as long as they are available, then one job per evaluation. The training continues from its
 * current state, with bit-identical results.
 */
final class FallbackGradientSource implements GradientSource {
    private final ResidentEngine resident;
    private final GradientSource jobs;
    private final Consumer<String> warnings;
    /** Why each evaluation is a job; empty if resident tasks are used. */
    private Optional<String> reasonForJobs;

    private boolean cancelled;

    FallbackGradientSource(
            Optional<String> reasonForJobs, ResidentEngine resident, GradientSource jobs, Consumer<String> warnings) {
        this.reasonForJobs = reasonForJobs;
        this.resident = resident;
        this.jobs = jobs;
        this.warnings = warnings;
    }

    @Override
    public long examples() {
        return jobs.examples();
    }

    @Override
    public List<CostAndGradient> evaluate(Request request) {
        if (reasonForJobs.isEmpty()) {
            ResidentEngine.Outcome outcome = resident.evaluate(request);
            if (outcome instanceof ResidentEngine.Outcome.Done done) {
                return done.means();
            } else if (outcome instanceof ResidentEngine.Outcome.Impossible impossible) {
                fallBack(impossible.ended());
            }
        }
        return jobs.evaluate(request);
    }

    private void fallBack(ResidentJob.Ended ended) {
        cancelled = ended.cancelled();
        reasonForJobs = Optional.of(ended.reason());
        warnings.accept("Resident tasks ended (" + ended.reason() + "); continuing with one job per evaluation");
    }

    /** Returns the reason why each evaluation is a job; empty if resident tasks are used. */
    Optional<String> reasonForJobs() {
        return reasonForJobs;
    }

    /** Returns true if a user cancelled the job of the resident tasks. */
    boolean cancelled() {
        return cancelled;
    }
}
