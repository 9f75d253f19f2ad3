package dev.sparkprop.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sparkprop.store.RecordedRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Summarizes a metrics log for a page. Memory use does not depend on the number of lines. */
final class MetricsSummary implements RecordedRun.Lines {
    /** Values of a line that are drawn over the iterations. */
    private static final List<String> CURVES = List.of(
            "cost",
            "validationCost",
            "accuracy",
            "validationAccuracy",
            "gradientNorm",
            "updateRatio",
            "elapsedSeconds");

    /** Maximum number of snapshots. A log that sparkprop wrote contains fewer. */
    private static final int MAX_SNAPSHOTS = 64;

    private final int parameters;
    private final Map<String, Curve> curves = new LinkedHashMap<>();
    private final TimeShares time = new TimeShares();
    private final Buckets<Snapshot> snapshots = new Buckets<>(MAX_SNAPSHOTS, (first, next) -> first);
    private long lines;
    private int newest = -1;
    private String newestHash = "";

    /** Creates a summary for a network with the given number of parameters. */
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

    /** Returns the iteration of the last line, or −1 if there is none. */
    int newest() {
        return newest;
    }

    /** Returns the hash of the parameters in the last line. */
    String newestHash() {
        return newestHash;
    }

    /** Returns the snapshots of the network, ordered by iteration. */
    List<Snapshot> snapshots() {
        return snapshots.list();
    }

    /** Adds the number of {@code lines}, the {@code curves} by name, and {@code time} if the log contains times. */
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
