package dev.sparkprop.cli.report;

import dev.sparkprop.report.Report;
import dev.sparkprop.store.RecordedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "report", description = "Draws runs, in one HTML page that needs nothing else.")
public final class ReportCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "RUN",
            description = "Directories of runs, also of one at work; the curves of several are drawn in one plot.")
    private List<String> directories = List.of();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "The page, which is replaced if it exists (default: report.html, of one run in its directory,"
                    + " of several in this one).")
    private Path output;

    @Override
    public Integer call() throws Exception {
        List<RecordedRun> runs = new ArrayList<>();
        for (String directory : directories) {
            runs.add(RecordedRun.open(directory));
        }
        byte[] page = Report.page(runs);
        if (output == null && runs.size() == 1) {
            System.out.println("Report: " + runs.get(0).writeReport(page));
        } else {
            Path file = output == null ? Path.of("report.html") : output;
            try {
                Files.write(file, page);
            } catch (IOException e) {
                throw new IOException("Cannot write " + file + ": " + e, e);
            }
            System.out.println("Report: " + file);
        }
        return 0;
    }
}
