package dev.sparkprop.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sparkprop.store.RecordedRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a page shows of a log, in the same memory for any number of lines. */
final class MetricsSummary implements RecordedRun.Lines {
    /** Figures of a line that are drawn over the iterations. */
    private static final List<String> CURVES = List.of(
            "cost",
            "validationCost",
            "accuracy",
            "validationAccuracy",
            "gradientNorm",
            "updateRatio",
            "elapsedSeconds");

    /** Logs have fewer, unless somebody else wrote them. */
    private static final int MAX_SNAPSHOTS = 64;

    private final int parameters;
    private final Map<String, Curve> curves = new LinkedHashMap<>();
    private final TimeShares time = new TimeShares();
    private final Buckets<Snapshot> snapshots = new Buckets<>(MAX_SNAPSHOTS, (first, next) -> first);
    private long lines;
    private int newest = -1;
    private String newestHash = "";

    /** Of a net with so many parameters. */
    MetricsSummary(int parameters) {
        this.parameters = parameters;
        CURVES.forEach(name -> curves.put(name, new Curve()));
    }

    @Override
    public void line(int iteration, JsonNode line) {
        curves.forEach((name, curve) -> {
            double value = line.path(name).asDouble(Double.NaN);
            if (Double.isFinite(value)) {
                curve.add(iteration, value);
            }
        });
        if (line.path("milliseconds").isObject()) {
            time.add(iteration, (long) iteration - newest, line.get("milliseconds"));
        }
        Snapshot.of(iteration, line.path("parameters"), parameters).ifPresent(snapshots::add);
        newest = iteration;
        newestHash = line.path("parametersSha256").asText();
        lines++;
    }

    long lines() {
        return lines;
    }

    /** Iteration of the last line; -1 if there is none. */
    int newest() {
        return newest;
    }

    /** Hash of the parameters in the last line. */
    String newestHash() {
        return newestHash;
    }

    /** Nets in the order of their iterations. */
    List<Snapshot> snapshots() {
        return snapshots.list();
    }

    /** Adds the number of {@code lines}, {@code curves} by their names, and {@code time} if the log tells of it. */
    void writeTo(ObjectNode run) {
        run.put("lines", lines);
        ObjectNode all = run.putObject("curves");
        curves.forEach((name, curve) -> {
            if (!curve.isEmpty()) {
                curve.writeTo(all.putObject(name));
            }
        });
        if (!time.isEmpty()) {
            time.writeTo(run.putObject("time"));
        }
    }
}
