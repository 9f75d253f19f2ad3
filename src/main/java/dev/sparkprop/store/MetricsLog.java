package dev.sparkprop.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sparkprop.training.Iteration;
import dev.sparkprop.training.Score;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/** One JSON object a line for each logged iteration, in the hands of the file system as soon as it is written. */
public final class MetricsLog implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final FSDataOutputStream out;

    private MetricsLog(Path file, FSDataOutputStream out) {
        this.file = file;
        this.out = out;
    }

    /** Opens a new log, or one whose lines of earlier iterations stay while this one and those after it are told again. */
    static MetricsLog open(Path file, int iteration) throws IOException {
        Storage storage = Storage.of(file);
        boolean anew = iteration == 0 || !storage.exists(file);
        return new MetricsLog(file, storage.beginWhole(file, out -> {
            if (!anew) {
                copyBefore(iteration, storage, file, out);
            }
        }));
    }

    /** Copies the lines of earlier iterations; the last line of a killed process may be a part of one. */
    private static void copyBefore(int iteration, Storage storage, Path file, FSDataOutputStream out)
            throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(storage.open(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (iterationOf(line) < iteration) {
                    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    private static int iterationOf(String line) {
        try {
            return JSON.readTree(line).path("iteration").asInt(Integer.MAX_VALUE);
        } catch (JsonProcessingException e) {
            return Integer.MAX_VALUE;
        }
    }

    private record Line(
            int iteration,
            double cost,
            Double accuracy,
            @JsonInclude(JsonInclude.Include.NON_NULL) Double validationCost,
            @JsonInclude(JsonInclude.Include.NON_NULL) Double validationAccuracy,
            double gradientNorm,
            double elapsedSeconds,
            double examplesPerSecond,
            Map<String, Double> milliseconds,
            RunRecord.Tasks tasks,
            String parametersSha256) {}

    /** Appends one iteration. */
    public void append(Iteration iteration) throws IOException {
        String line = JSON.writeValueAsString(new Line(
                iteration.number(),
                iteration.cost(),
                RunRecord.numberOrNull(iteration.accuracy()),
                iteration.validation().map(Score::cost).orElse(null),
                iteration
                        .validation()
                        .map(score -> RunRecord.numberOrNull(score.accuracy()))
                        .orElse(null),
                iteration.gradientNorm(),
                iteration.elapsedSeconds(),
                iteration.examplesPerSecond(),
                RunRecord.milliseconds(iteration.times()),
                RunRecord.Tasks.of(iteration.times()),
                ParameterHash.sha256(iteration.parameters())));
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.hflush();
        } catch (IOException e) {
            throw Storage.cannotWrite(file, e);
        }
    }

    /** Makes all lines outlast a crash of the machine. */
    public void sync() throws IOException {
        try {
            out.hsync();
        } catch (IOException e) {
            throw Storage.cannotWrite(file, e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
