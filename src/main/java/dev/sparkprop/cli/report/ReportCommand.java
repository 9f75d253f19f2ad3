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

@Command(name = "report", description = "Write a self-contained HTML page about one or more runs.")
public final class ReportCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "RUN",
            description = "Run directories, also of runs in progress; several runs are drawn in one plot.")
    private List<String> directories = List.of();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description =
                    "Page to write or replace (default: report.html in the run directory, or in the current directory"
                            + " for several runs).")
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
