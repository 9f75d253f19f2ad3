package dev.sparkprop.run;

import dev.sparkprop.diagnosis.Symptom;
import dev.sparkprop.optimizer.CostAndGradient;
import dev.sparkprop.store.RunRecord;
import dev.sparkprop.training.Iteration;
import java.util.List;

/** Is notified of the events of a run, in their order; on the thread that trains, except for progress. */
public interface RunObserver extends Console {
    /** A checkpoint or a part of a log cannot be used; the run continues without it. */
    void damaged(String warning);

    /** There is no checkpoint to resume from, so the run starts from scratch. */
    void startsFromScratch(String directory);

    /**
     * Spark is there, and the directory is ready.
     *
     * @param record as it stands at the start
     * @param engine how evaluations are done, in words
     * @param loop that is to be run
     */
    void started(RunRecord record, String engine, LoopFacts loop, String directory);

    /** A dataset is packed. */
    void packed(PackedFacts dataset);

    /** The training loop begins. */
    void loopBegins(LoopFacts loop);

    /** An iteration is evaluated; called for each of them, so it must return quickly. */
    void evaluated(int iteration, long evaluations, CostAndGradient evaluation);

    /** An iteration is logged. */
    void logged(Iteration iteration);

    /** The diagnosis has found something for the first time. */
    void noticed(Symptom symptom);

    /** The training loop has ended, also by an exception. */
    void loopEnds();

    /** The diagnosis of a run that failed. */
    void failed(List<Symptom> symptoms);

    /** The report of a run that failed is written. */
    void reported(String page);
}
