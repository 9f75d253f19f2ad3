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
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/** One JSON object a line for each logged iteration, in the hands of the file system as soon as it is written. */
public final class MetricsLog implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The parameters of larger nets are not logged: nobody could look at so many, and they would fill the disk. */
    private static final int MAX_PARAMETERS = 1_000;

    private final Path file;
    private final FSDataOutputStream out;
    /** Iteration of the newest line; -1 if there is none. */
    private int newest;

    private MetricsLog(Path file, FSDataOutputStream out, int newest) {
        this.file = file;
        this.newest = newest;
        this.out = out;
    }

    /** Opens a new log, or one whose lines of earlier iterations stay while this one and those after it are told again. */
    static MetricsLog open(Path file, int iteration) throws IOException {
        Storage storage = Storage.of(file);
        boolean anew = iteration == 0 || !storage.exists(file);
        AtomicInteger newest = new AtomicInteger(-1);
        FSDataOutputStream opened = storage.beginWhole(file, out -> {
            if (!anew) {
                newest.set(copyBefore(iteration, storage, file, out));
            }
        });
        return new MetricsLog(file, opened, newest.get());
    }

    /** Copies the lines of earlier iterations, and tells the newest; the last line of a killed process may be a part of one. */
    private static int copyBefore(int iteration, Storage storage, Path file, FSDataOutputStream out)
            throws IOException {
        int newest = -1;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(storage.open(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int of = iterationOf(line);
                if (of < iteration) {
                    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                    newest = of;
                }
            }
        }
        return newest;
    }

    private static int iterationOf(String line) {
        try {
            return JSON.readTree(line).path("iteration").asInt(Integer.MAX_VALUE);
        } catch (JsonProcessingException e) {
            return Integer.MAX_VALUE;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // a carrier: never compared, never printed
    private record Line(
            int iteration,
            double cost,
            Double accuracy,
            @JsonInclude(JsonInclude.Include.NON_NULL) Double validationCost,
            @JsonInclude(JsonInclude.Include.NON_NULL) Double validationAccuracy,
            double gradientNorm,
            @JsonInclude(JsonInclude.Include.NON_NULL) Double updateRatio,
            double elapsedSeconds,
            double examplesPerSecond,
            Map<String, Double> milliseconds,
            RunRecord.Tasks tasks,
            String parametersSha256,
            @JsonInclude(JsonInclude.Include.NON_NULL) double[] parameters) {}

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
                RunRecord.numberOrNull(iteration.updateRatio()),
                iteration.elapsedSeconds(),
                iteration.examplesPerSecond(),
                RunRecord.milliseconds(iteration.times()),
                RunRecord.Tasks.of(iteration.times()),
                ParameterHash.sha256(iteration.parameters()),
                keepsParameters(iteration) ? iteration.parameters() : null));
        newest = iteration.number();
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.hflush();
        } catch (IOException e) {
            throw Storage.cannotWrite(file, e);
        }
    }

    /**
     * Whether a line has the parameters, to show later how the net came to be what it is: the first at or after each power of √2, so that
     * they are few however many iterations there are, and the same after an interruption.
     */
    private boolean keepsParameters(Iteration iteration) {
        return iteration.parameters().length <= MAX_PARAMETERS && power(iteration.number()) > power(newest);
    }

    /** How many powers of √2 there are up to a number, one more for 0; a square is a power of 2 where its root is one of √2. */
    private static int power(int iteration) {
        return iteration < 0 ? -1 : Long.SIZE - Long.numberOfLeadingZeros((long) iteration * iteration);
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
