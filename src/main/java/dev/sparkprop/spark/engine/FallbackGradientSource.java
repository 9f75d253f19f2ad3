package dev.sparkprop.spark.engine;

import dev.sparkprop.evaluation.GradientSource;
import dev.sparkprop.evaluation.Request;
import dev.sparkprop.optimizer.CostAndGradient;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Resident tasks as long as they can be had, then a job per evaluation: from where the training stands and with the same bits. */
final class FallbackGradientSource implements GradientSource {
    private final ResidentEngine resident;
    private final GradientSource jobs;
    private final Consumer<String> warnings;
    /** Why evaluations are jobs, if they are. */
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
                fallBack(impossible.why());
            }
        }
        return jobs.evaluate(request);
    }

    private void fallBack(ResidentJob.Ended why) {
        cancelled = why.cancelled();
        reasonForJobs = Optional.of(why.reason());
        warnings.accept("Tasks do not stay any longer, and each evaluation is a job from here on: " + why.reason());
    }

    /** Why evaluations are jobs; empty if tasks stay. */
    Optional<String> reasonForJobs() {
        return reasonForJobs;
    }

    /** Whether a user cancelled the job of the resident tasks. */
    boolean cancelled() {
        return cancelled;
    }
}
