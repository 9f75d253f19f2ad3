package dev.sparkprop.run;

import dev.sparkprop.diagnosis.Symptom;
import dev.sparkprop.optimizer.CostAndGradient;
import dev.sparkprop.store.RunRecord;
import dev.sparkprop.training.Iteration;
import java.util.List;

/** Is notified of the events of a run, in order. Except for progress messages, all calls are on the training thread. */
public interface RunObserver extends Console {
    /** A checkpoint or a part of a log is damaged. The run continues without it. */
    void damaged(String warning);

    /** The run starts from scratch because there is no checkpoint to resume from. */
    void startsFromScratch(String directory);

    /**
     * Spark has started, and the directory is ready.
     *
     * @param record the record at the start of the run
     * @param engine a description of how evaluations run
     * @param loop the size of the training loop
     */
    void started(RunRecord record, String engine, LoopFacts loop, String directory);

    /** A dataset has been packed. */
    void packed(PackedFacts dataset);

    /** The training loop begins. */
    void loopBegins(LoopFacts loop);

    /** An iteration has been evaluated. Called in every iteration, so it must return quickly. */
    void evaluated(int iteration, long evaluations, CostAndGradient evaluation);

    /** An iteration has been logged. */
    void logged(Iteration iteration);

    /** The diagnosis has found a symptom for the first time. */
    void noticed(Symptom symptom);

    /** The training loop has ended, possibly by an exception. */
    void loopEnds();

    /** Receives the diagnosis of a failed run. */
    void failed(List<Symptom> symptoms);

    /** The report of a failed run has been written. */
    void reported(String page);
}
