package dev.sparkprop.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.sparkprop.store.RecordedRun;
import java.io.IOException;
import java.util.List;

/** Builds a page about one run, or about several runs for comparison. */
public final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Report() {}

    /**
     * Returns an HTML file in UTF-8. It is self-contained and can be opened from a local disk. Its size does not grow
     * with the number of iterations.
     *
     * @throws dev.sparkprop.store.files.InvalidFileException if a file of a run is invalid
     */
    public static byte[] page(List<RecordedRun> runs) throws IOException {
        ArrayNode summaries = JSON.createArrayNode();
        for (RecordedRun run : runs) {
            summaries.add(RunSummary.of(run));
        }
        String first = runs.get(0).record().path("name").asText();
        return Page.of(runs.size() == 1 ? first : first + " and " + (runs.size() - 1) + " more", summaries.toString());
    }
}
