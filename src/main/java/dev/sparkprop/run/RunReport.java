package dev.sparkprop.run;

import dev.sparkprop.report.Report;
import dev.sparkprop.store.RecordedRun;
import dev.sparkprop.store.RunDirectory;
import dev.sparkprop.store.lock.LockedException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Writes the report of a run. The run is complete without the report, so failures are reported as warnings. */
final class RunReport {
    private final RunDirectory directory;
    private final Console console;

    RunReport(RunDirectory directory, Console console) {
        this.directory = directory;
        this.console = console;
    }

    /**
     * Runs a part of the report. Returns empty if the part failed or returned null.
     *
     * @throws LockedException if another run has taken over the directory
     */
    <T> Optional<T> attempt(Callable<T> part) throws LockedException {
        try {
            return Optional.ofNullable(part.call());
        } catch (LockedException e) {
            throw e;
        } catch (Exception | VirtualMachineError e) {
            console.warning("The report is incomplete: " + FailureText.of(e));
            return Optional.empty();
        }
    }

    /** Writes the page if any iteration was logged. Returns the page's location. */
    Optional<String> writePage() throws LockedException {
        return attempt(() -> {
            RecordedRun run = RecordedRun.open(directory.toString());
            return run.hasMetrics() ? directory.writeReport(Report.page(List.of(run))) : null;
        });
    }
}
