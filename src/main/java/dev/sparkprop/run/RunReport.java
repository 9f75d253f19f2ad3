package dev.sparkprop.run;

import dev.sparkprop.report.Report;
import dev.sparkprop.store.RecordedRun;
import dev.sparkprop.store.RunDirectory;
import dev.sparkprop.store.lock.LockedException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** What a run leaves to look at. The run is complete without it: a failure is a warning. */
final class RunReport {
    private final RunDirectory directory;
    private final Console console;

    RunReport(RunDirectory directory, Console console) {
        this.directory = directory;
        this.console = console;
    }

    /**
     * Does a part of the report; empty if that failed.
     *
     * @throws LockedException if another run took the directory over
     */
    <T> Optional<T> attempt(Callable<T> part) throws LockedException {
        try {
            return Optional.ofNullable(part.call());
        } catch (LockedException e) {
            throw e;
        } catch (Exception | VirtualMachineError e) {
            console.warning("The report is not complete: " + FailureText.of(e));
            return Optional.empty();
        }
    }

    /** Writes the page, if an iteration was logged; returns where it is. */
    Optional<String> writePage() throws LockedException {
        return attempt(() -> {
            RecordedRun run = RecordedRun.open(directory.toString());
            return run.hasMetrics() ? directory.writeReport(Report.page(List.of(run))) : null;
        });
    }
}
