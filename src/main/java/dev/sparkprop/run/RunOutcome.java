package dev.sparkprop.run;

import dev.sparkprop.diagnosis.Symptom;
import dev.sparkprop.store.Model;
import dev.sparkprop.store.RunRecord;
import dev.sparkprop.training.Ledger;
import dev.sparkprop.training.StopReason;
import java.util.List;
import java.util.Optional;

/** How a run ended that did not fail. */
public sealed interface RunOutcome {
    /**
     * All iterations are done, or a stop rule ended them; the model is written and verified.
     *
     * @param reason why the last iteration was the last
     * @param result as recorded
     * @param times of the phases, per iteration of this process
     * @param slots in which Spark ran tasks at the same time
     * @param keepsBest whether the model has the parameters of the lowest cost, not those of the last iteration
     * @param validated whether that cost is the one of validation
     * @param diagnosis complete
     * @param report where the page is; empty if it could not be written
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
     * @param directory of the run
     * @param by whom, such as {@code SIGTERM} or a configuration key
     * @param iterations done
     * @param diagnosis complete
     * @param report where the page is; empty if it could not be written
     */
    record Stopped(String directory, String by, int iterations, List<Symptom> diagnosis, Optional<String> report)
            implements RunOutcome {}

    /**
     * The run had been finished before; nothing was done.
     *
     * @param directory of the run
     */
    record NothingToDo(String directory) implements RunOutcome {}
}
