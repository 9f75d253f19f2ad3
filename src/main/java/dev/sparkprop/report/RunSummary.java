package dev.sparkprop.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sparkprop.network.Topology;
import dev.sparkprop.store.Model;
import dev.sparkprop.store.ParameterHash;
import dev.sparkprop.store.RecordedRun;
import dev.sparkprop.store.RunExamples;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/** Summarizes a run as JSON for a page. The summary is small for any number of iterations and any network. */
final class RunSummary {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Maximum number of logged snapshots to draw, not counting the model. */
    private static final int MAX_FRAMES = 12;

    /** Maximum number of parameters to draw as lines. More lines would be indistinguishable. */
    private static final int MAX_DRAWN_PARAMETERS = 300;

    /** JavaScript numbers are float64, which cannot represent every integer beyond this magnitude. */
    private static final long MAX_EXACT = 1L << 53;

    private RunSummary() {}

    /**
     * Reads everything that a page shows of a run.
     *
     * @throws dev.sparkprop.store.files.InvalidFileException if a file of the run is invalid
     */
    static ObjectNode of(RecordedRun run) throws IOException {
        Topology topology = run.topology();
        MetricsSummary metrics = new MetricsSummary(topology.parameterCount());
        run.metrics(metrics);
        ObjectNode summary = JSON.createObjectNode().put("directory", run.toString());
        summary.set("record", exact(run.record().deepCopy()));
        topology.layers().forEach(summary.putArray("layers")::add);
        summary.put("parameters", topology.parameterCount());
        metrics.writeTo(summary);
        Optional<RunExamples> examples = run.examples();
        examples.ifPresent(runExamples -> summary.set("examples", JSON.valueToTree(runExamples)));
        boolean surface = DecisionSurface.suits(topology);
        boolean drawing = topology.parameterCount() <= MAX_DRAWN_PARAMETERS;
        if (surface || drawing) {
            Optional<Snapshot> model = model(run, topology, metrics);
            model.ifPresent(net -> summary.put("model", net.iteration()));
            List<List<Float>> points = examples.map(RunExamples::points).orElse(List.of());
            Optional<DecisionSurface> plane =
                    surface ? Optional.of(new DecisionSurface(topology, points)) : Optional.empty();
            plane.ifPresent(square -> square.writeTo(summary.putObject("surface")));
            ArrayNode frames = summary.putArray("frames");
            for (Snapshot net : frames(metrics.snapshots(), model)) {
                ObjectNode frame = frames.addObject().put("iteration", net.iteration());
                plane.ifPresent(square -> square.writeTo(frame, net.parameters()));
                if (drawing) {
                    ArrayNode values = frame.putArray("parameters");
                    DoubleStream.of(net.parameters()).map(Digits::six).forEach(values::add);
                }
            }
        }
        return summary;
    }

    /** Converts integers that browsers would round, such as some seeds, to text. */
    private static JsonNode exact(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> entry.setValue(exact(entry.getValue())));
        }
        boolean rounded = node.isIntegralNumber()
                && (!node.canConvertToLong() || node.longValue() > MAX_EXACT || node.longValue() < -MAX_EXACT);
        return rounded ? TextNode.valueOf(node.asText()) : node;
    }

    /** Returns the model and its iteration: the last one, or the one with the lowest cost. */
    private static Optional<Snapshot> model(RecordedRun run, Topology topology, MetricsSummary metrics)
            throws IOException {
        Optional<Model> model = run.model().filter(net -> net.topology().equals(topology));
        return model.map(net -> {
            boolean last = ParameterHash.sha256(net.parameters()).equals(metrics.newestHash());
            int best = run.record().at("/result/best/iteration").asInt(metrics.newest());
            return new Snapshot(last ? metrics.newest() : best, net.parameters());
        });
    }

    /**
     * Selects evenly spaced logged snapshots and adds the model. The iterations of the logged snapshots are close to
     * powers of √2.
     */
    private static Collection<Snapshot> frames(List<Snapshot> logged, Optional<Snapshot> model) {
        SortedMap<Integer, Snapshot> frames = new TreeMap<>();
        int count = Math.min(MAX_FRAMES, logged.size());
        for (int i = 0; i < count; i++) {
            Snapshot net = logged.get(count == 1 ? 0 : i * (logged.size() - 1) / (count - 1));
            frames.put(net.iteration(), net);
        }
        model.ifPresent(net -> frames.put(net.iteration(), net));
        return frames.values();
    }
}
