package dev.sparkprop.run;

import dev.sparkprop.diagnosis.Symptom;
import dev.sparkprop.store.Model;
import dev.sparkprop.store.RunRecord;
import dev.sparkprop.training.Ledger;
import dev.sparkprop.training.StopReason;
import java.util.List;
import java.util.Optional;

/** The outcome of a run that did not fail. */
public sealed interface RunOutcome {
    /**
     * All iterations are complete, or a stop rule ended the run. The model has been written and verified.
     *
     * @param reason the reason why training ended
     * @param result the result, as recorded
     * @param times the times of the phases, per iteration of this process
     * @param slots the number of tasks that Spark ran concurrently
     * @param keepsBest whether the model has the parameters with the lowest cost instead of the latest ones
     * @param validated whether that cost is the validation cost
     * @param diagnosis the complete diagnosis
     * @param report the location of the report page; empty if it could not be written
     */
    record Finished(
            StopReason reason,
            RunRecord.Result result,
            Ledger.Times times,
            int slots,
            Model model,
            boolean keepsBest,
            boolean validated,
            List<Symptom> diagnosis,
            Optional<String> report)
            implements RunOutcome {}

    /**
     * The run was stopped before its end and can be resumed.
     *
     * @param directory the run directory
     * @param by the cause of the stop, such as {@code SIGTERM} or a configuration key
     * @param iterations the number of completed iterations
     * @param diagnosis the complete diagnosis
     * @param report the location of the report page; empty if it could not be written
     */
    record Stopped(String directory, String by, int iterations, List<Symptom> diagnosis, Optional<String> report)
            implements RunOutcome {}

    /**
     * The run had already finished, so nothing was done.
     *
     * @param directory the run directory
     */
    record NothingToDo(String directory) implements RunOutcome {}
}
